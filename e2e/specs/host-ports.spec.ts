import { images } from '#e2e/lab/images.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { readServiceDetail } from '#e2e/support/read-api.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

const PORT = 18_377;
/** A start, two rounds 3 s apart, and what a busy machine takes. */
const SOON = { timeout: 90_000 };

test('what listens at a host-mode port stops while its task runs on: the port is refused, and Docker finds nothing wrong', async ({
  swarm,
  services,
}) => {
  test.setTimeout(240_000);
  const [host] = swarm.workers;
  const vitals = await startVitals({ ...swarm.settings, VITALS_CHECKS: 'on' });
  try {
    const name = await services.create('ported', {
      image: images.web,
      flags: [
        ...[
          '--no-healthcheck',
          '--endpoint-mode',
          'dnsrr',
          '--constraint',
          `node.hostname==${host.hostname}`,
        ],
        ...[
          '--publish',
          `mode=host,published=${PORT},target=8080`,
          '--label',
          'vitals.check=http:/healthcheck',
        ],
      ],
      command: ['sh', '-c', 'trap "exit 0" TERM; httpd -p 8080 -h /www; while :; do sleep 1; done'],
    });
    const readPort = async () => {
      const { traffic, verdict, findings } = await readServiceDetail(vitals, name);
      const cells = traffic?.ports[0]?.nodes ?? [];
      const own = cells.find(({ hostname }) => hostname === host.hostname);
      const elsewhere = new Set(cells.filter((cell) => cell !== own).map(({ notAsked }) => notAsked));
      return {
        state: own?.state ?? null,
        verdict,
        causes: findings.map(({ cause }) => cause),
        elsewhere: [...elsewhere],
      };
    };
    // At first it has not read the swarm, and does not know the service.
    await expect(async () =>
      expect(await readPort()).toEqual({
        state: 'answers',
        verdict: 'running',
        causes: [],
        elsewhere: ['no-replica'],
      }),
    ).toPass(SOON);
    const { id } = await findContainer(swarm, name);
    await host.docker('exec', id, 'busybox', 'killall', 'httpd');
    await expect
      .poll(readPort, SOON)
      .toEqual({ state: 'refused', verdict: 'degraded', causes: ['port-dead'], elsewhere: ['no-replica'] });
  } finally {
    await vitals.stop();
  }
});

test('of a port that is connected to and no more: who speaks, and who only takes the connection, is well, and a program that hangs is not', async ({
  swarm,
  services,
}) => {
  test.setTimeout(400_000);
  const [host] = swarm.workers;
  const vitals = await startVitals({ ...swarm.settings, VITALS_CHECKS: 'on' });
  const start = (name: string, published: number, program: string) =>
    services.create(name, {
      image: images.web,
      flags: [
        '--no-healthcheck',
        ...['--endpoint-mode', 'dnsrr', '--constraint', `node.hostname==${host.hostname}`],
        ...['--publish', `mode=host,published=${published},target=8080`],
      ],
      command: ['sh', '-c', `trap "exit 0" TERM; ${program} & while :; do sleep 1; done`],
    });
  try {
    const hanging = await start('hanging', PORT + 1, 'httpd -f -p 8080 -h /www');
    const speaking = await start('speaking', PORT + 2, 'busybox nc -ll -p 8080 -e echo hello');
    const readPort = async (name: string) => {
      const { traffic, findings } = await readServiceDetail(vitals, name);
      const own = traffic?.ports[0]?.nodes.find(({ hostname }) => hostname === host.hostname);
      const causes = findings.map(({ cause }) => cause);
      return { state: own?.state ?? null, wrong: own?.wrong ?? null, causes };
    };
    const well = { state: 'answers', wrong: null, causes: [] };
    for (const name of [hanging, speaking])
      await expect(async () => expect(await readPort(name)).toEqual(well)).toPass(SOON);
    // Once a program has taken three rounds, 20 s apart, one that it does not take is no answer.
    await new Promise((resolve) => setTimeout(resolve, 70_000));
    const { id } = await findContainer(swarm, hanging);
    await host.docker('exec', id, 'busybox', 'killall', '-STOP', 'httpd');
    const hangs = { state: 'timed-out', wrong: { kind: 'silent' }, causes: ['port-dead'] };
    await expect.poll(() => readPort(hanging), SOON).toEqual(hangs);
    await host.docker('exec', id, 'busybox', 'killall', '-CONT', 'httpd');
    await expect.poll(() => readPort(hanging), SOON).toEqual(well);
    expect(await readPort(speaking)).toEqual(well);
  } finally {
    await vitals.stop();
  }
});
