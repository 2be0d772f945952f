import type { Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { asShown } from '#e2e/support/as-shown.ts';
import { createServices, type ServiceInput, type Services } from '#e2e/support/create-services.ts';
import { expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { readReplica, readReplicaDetail, readService, readSwarm } from '#e2e/support/read-api.ts';
import { setInvalidCheck } from '#e2e/support/set-invalid-check.ts';
import { showProblem } from '#e2e/support/show-problem.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';
import { expect, test } from '#e2e/support/test.ts';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';

/** One cause: how it is provoked on real engines, and what must be said of it. */
interface Provoked {
  input: ServiceInput;
  /** What else has to happen once its container is up. */
  strike?: (swarm: Swarm, name: string) => Promise<unknown>;
  status: ReplicaStatus | ReplicaStatus[];
  verdict: Verdict | Verdict[];
  cause: Cause;
  sentence: RegExp;
  /** In Docker's, the scheduler's or the probe's own words; null where there are none. */
  evidence: RegExp | null;
  hint: RegExp | null;
}

/** What failed stays as it is for as long as the tests take. */
const STAYS = ['--restart-delay', '300s'];
const CHECK = ['--health-interval', '1s', '--health-timeout', '1s'];
/** For what a probe says itself: where the engine is slow to run it, it has not timed out. */
const PATIENT = ['--health-interval', '1s', '--health-timeout', '15s'];
const ON_SECOND = ['--constraint', 'node.hostname==docker02'];
const ON_THIRD = ['--constraint', 'node.hostname==docker03'];
const PORT = '18097';

/** Passes until `/tmp/go` is there, then goes on with `then`; never unhealthy. */
const probing = (then: string): ServiceInput => ({
  image: images.sleep,
  flags: ['--health-cmd', `test -e /tmp/go || exit 0; ${then}`, ...CHECK, '--health-retries', '1000'],
});
const go = async (swarm: Swarm, name: string) => {
  const container = await findContainer(swarm, name);
  const isHealthy = async () => (await inspectContainer(container)).health?.status === 'healthy';
  await waitFor(isHealthy, 30_000, `${name} healthy`);
  await container.host.docker('exec', container.id, 'touch', '/tmp/go');
};
const shell = (script: string, ...flags: string[]): ServiceInput => ({
  image: images.sleep,
  flags: [...STAYS, ...flags],
  command: ['sh', '-c', script],
});

const CAUSES: Record<string, Provoked> = {
  // First: a while later the update is the problem, which waits for it.
  'invalid-check': {
    input: { image: images.sleep, flags: ['--health-cmd', 'true', ...CHECK] },
    strike: ({ manager }, name) => setInvalidCheck(manager, name),
    status: 'starting',
    verdict: ['down', 'degraded'],
    cause: 'health-check-invalid',
    sentence: /^Its health check is of a kind that Docker does not run, so it will never become healthy\.$/,
    evidence: null,
    hint: /CMD or CMD-SHELL/,
  },
  'probe-exits-1': {
    input: probing('echo HTTP 503; exit 1'),
    strike: go,
    status: 'failing',
    verdict: 'failing',
    cause: 'probe-failing',
    sentence: /^Failed \d+ of 1000 probes \(exit 1\); \d+ more failures in a row and Swarm replaces it\.$/,
    evidence: /^HTTP 503$/,
    hint: /^Look inside: docker exec -it [0-9a-f]{12} sh, on docker0\d\.$/,
  },
  'probe-times-out': {
    input: probing('echo begun; sleep 20'),
    strike: go,
    status: 'failing',
    verdict: 'failing',
    cause: 'probe-timeout',
    sentence: /\(timed out after 1 s\)/,
    evidence: /^Health check exceeded timeout \(1s\)/,
    hint: /--health-timeout TIME probe-times-out/,
  },
  'probe-not-found': {
    input: probing('nosuchcmd'),
    strike: go,
    status: 'failing',
    verdict: 'failing',
    cause: 'probe-command',
    sentence: /\(exit 127 \(command not found\)\)/,
    evidence: /nosuchcmd: not found/,
    hint: /^Correct the command of its health check/,
  },
  'probe-not-executable': {
    input: probing('/etc/passwd'),
    strike: go,
    status: 'failing',
    verdict: 'failing',
    cause: 'probe-command',
    sentence: /\(exit 126 \(not executable\)\)/,
    evidence: /Permission denied/i,
    hint: /^Correct the command of its health check/,
  },
  'probe-without-shell': {
    input: {
      image: images.bare,
      flags: ['--health-cmd', 'true', ...PATIENT, '--health-retries', '2', ...STAYS],
    },
    status: 'failed',
    verdict: 'down',
    cause: 'killed-for-health',
    sentence:
      /^Killed for its health before it was ever healthy: \d probes in a row failed, the last: (could not run: \/bin\/sh is not in the image|exit 12[67])/,
    evidence: /\/bin\/sh/,
    hint: /^Correct the command of its health check/,
  },
  'never-healthy': {
    input: {
      image: images.sleep,
      flags: ['--health-cmd', 'echo no database; exit 1', ...PATIENT, '--health-retries', '2', ...STAYS],
    },
    status: 'failed',
    verdict: 'down',
    cause: 'killed-for-health',
    sentence:
      /^Killed for its health before it was ever healthy: \d probes in a row failed, the last: exit 1\./,
    evidence: /^no database$/,
    hint: /--health-start-period TIME never-healthy/,
  },
  'out-of-memory': {
    input: shell('sleep 1; x=a; while :; do x=$x$x; done', '--limit-memory', '16m'),
    status: 'failed',
    verdict: 'down',
    cause: 'out-of-memory',
    sentence: /^Ran out of memory: the kernel killed it at its memory limit, exit 137 \(SIGKILL\)\./,
    evidence: /non-zero exit \(137\)/,
    hint: /--limit-memory SIZE out-of-memory/,
  },
  'exits-3': {
    input: shell('echo cannot read config; exit 3'),
    status: 'failed',
    verdict: 'down',
    cause: 'exit-code',
    sentence: /^Ended with exit 3\. Swarm starts a new one after the restart delay of 5 min\.$/,
    evidence: /^task: non-zero exit \(3\)$/,
    hint: /^Read its last log lines: docker service logs --tail 50 [a-z0-9]{25}\.$/,
  },
  'ends-well-too-soon': {
    input: shell('exit 0'),
    status: 'failed',
    verdict: 'down',
    cause: 'ended',
    sentence: /^Ended with exit 0, though it should keep running\./,
    evidence: null,
    hint: /^Read its last log lines/,
  },
  'crashes-139': {
    input: shell('sleep 9 & kill -SEGV $!; wait $!'),
    status: 'failed',
    verdict: 'down',
    cause: 'exit-code',
    sentence: /^Ended with exit 139 \(SIGSEGV\): it crashed\./,
    evidence: /non-zero exit \(139\)/,
    hint: /^Read its last log lines/,
  },
  'killed-outside': {
    input: { image: images.sleep, flags: STAYS },
    strike: async (swarm, name) => {
      const { host, id } = await findContainer(swarm, name);
      await host.docker('kill', id);
    },
    status: 'failed',
    verdict: 'down',
    cause: 'exit-code',
    sentence: /^Ended with exit 137 \(SIGKILL\): killed from outside\./,
    evidence: /non-zero exit \(137\)/,
    hint: /^Read its last log lines/,
  },
  'crash-loop': {
    input: {
      image: images.sleep,
      flags: ['--restart-delay', '1s'],
      command: ['sh', '-c', 'sleep 1; exit 5'],
    },
    status: ['failed', 'preparing', 'running'],
    verdict: ['down', 'degraded'],
    cause: 'crash-loop',
    sentence: /Failed \d+ times in \d.*, the last time: ended with exit 5\./,
    evidence: /non-zero exit \(5\)/,
    hint: /^Read its last log lines/,
  },
  'given-up': {
    input: {
      image: images.sleep,
      flags: ['--restart-delay', '1s', '--restart-max-attempts', '1'],
      command: ['sh', '-c', 'exit 4'],
    },
    status: 'failed',
    verdict: 'down',
    cause: 'gave-up',
    sentence:
      /^Ended with exit 4\. Swarm gave up: the one restart that its restart policy allows is used up\.$/,
    evidence: /non-zero exit \(4\)/,
    hint: /docker service update --force given-up/,
  },
  'command-not-executable': {
    input: { image: images.sleep, flags: STAYS, command: ['/etc/passwd'] },
    status: 'failed',
    verdict: 'down',
    cause: 'command-cannot-start',
    sentence: /^Its command \/etc\/passwd cannot start: it is not executable \(permission denied\)\./,
    evidence: /permission denied/,
    hint: null,
  },
  'folder-missing': {
    input: { image: images.sleep, flags: [...STAYS, '--mount', 'type=bind,source=/nope/here,target=/data'] },
    status: 'failed',
    verdict: 'down',
    cause: 'mount-missing',
    sentence: /^The folder \/nope\/here that it mounts does not exist on docker0\d\./,
    evidence: /bind source path does not exist: \/nope\/here/,
    hint: /^Make it on docker0\d, or keep the service to nodes that have it/,
  },
  'volume-missing': {
    input: {
      image: images.sleep,
      flags: [
        ...STAYS,
        '--mount',
        'type=volume,source=share,target=/data,volume-opt=type=nosuchfs,volume-opt=device=/nope',
      ],
    },
    status: 'failed',
    verdict: 'down',
    cause: 'mount-missing',
    sentence: /^Volume share cannot be mounted on docker0\d/,
    evidence: /error while mounting volume/,
    hint: /^Its kernel module is missing: on docker0\d, install nfs-common, cifs-utils or what else mounts it/,
  },
  'port-held': {
    input: {
      image: images.sleep,
      flags: [...STAYS, ...ON_THIRD, '--publish', `mode=host,published=${PORT},target=80`],
    },
    status: 'failed',
    verdict: 'down',
    cause: 'port-in-use',
    sentence: new RegExp(`^Host port ${PORT} is already in use on docker03\\.`),
    evidence: /port is already allocated/,
    hint: new RegExp(`ss -ltnp 'sport = :${PORT}'`),
  },
  'port-of-another': {
    input: {
      image: images.sleep,
      flags: ['--replicas', '2', ...ON_SECOND, '--publish', 'mode=host,published=18098,target=80'],
    },
    status: 'pending',
    verdict: 'pending',
    cause: 'no-suitable-node',
    sentence:
      /^No node can take it: constraint node\.hostname==docker02 not met on 2 nodes, host port \d+ already in use on 1 node\.$/,
    evidence: /^no suitable node \(.*host-mode port already in use on 1 node\)$/,
    hint: /run fewer replicas, or add a node/,
  },
  'too-big': {
    input: { image: images.sleep, flags: ['--reserve-memory', '500g', '--reserve-cpu', '1'] },
    status: 'pending',
    verdict: 'pending',
    cause: 'no-suitable-node',
    sentence:
      /^No node can take it: insufficient resources on 3 nodes \(it reserves 1 CPU and 500 GiB of memory\)\.$/,
    evidence: /^no suitable node \(insufficient resources on 3 nodes\)$/,
    hint: /^It reserves 1 CPU and 500 GiB of memory: free that much on one node/,
  },
  'plugin-missing': {
    input: {
      image: images.sleep,
      flags: ['--mount', 'type=volume,source=v,target=/data,volume-driver=nosuch'],
    },
    status: 'pending',
    verdict: 'pending',
    cause: 'no-suitable-node',
    sentence: /^No node can take it: missing plugin on 3 nodes \(volume driver nosuch\)\.$/,
    evidence: /missing plugin on 3 nodes/,
    hint: /docker plugin ls/,
  },
  'one-per-node': {
    input: { image: images.sleep, flags: ['--replicas', '4', '--replicas-max-per-node', '1'] },
    status: 'pending',
    verdict: 'pending',
    cause: 'no-suitable-node',
    sentence: /^No node can take it: limit of replicas per node reached/,
    evidence: /max replicas per node limit exceed/,
    hint: /--replicas-max-per-node N one-per-node/,
  },
  paused: {
    input: { image: images.sleep },
    strike: async (swarm, name) => {
      const { host, id } = await findContainer(swarm, name);
      await host.docker('pause', id);
    },
    status: 'paused',
    verdict: 'down',
    cause: 'paused',
    sentence: /^Paused with docker pause: it does nothing/,
    evidence: null,
    hint: /^On docker0\d: docker unpause [0-9a-f]{12}\.$/,
  },
};

const names = new Map<string, string>();
let made: Services | null = null;

/** All at once: they take their time side by side. */
test.beforeAll(async ({ swarm }) => {
  test.setTimeout(90_000);
  made = createServices(swarm);
  const services = made;
  const [, third] = swarm.workers;
  await third.docker('run', '--detach', '--name', 'holder', '--publish', `${PORT}:80`, images.sleep);
  await Promise.all(
    Object.entries(CAUSES).map(async ([prefix, { input, strike }]) => {
      const name = await services.create(prefix, input);
      names.set(prefix, name);
      await strike?.(swarm, name);
    }),
  );
});

test.afterAll(async ({ swarm }) => {
  const [, third] = swarm.workers;
  await made?.removeAll();
  await third.docker('rm', '--force', 'holder');
});

/** A service that was made a moment ago may not be there yet. */
async function findService(swarm: Swarm, name: string): Promise<ServicePicture | null> {
  return (await readSwarm(swarm.vitals)).services.find((one) => one.name === name) ?? null;
}

/** The replica that has the problem: of several, the last. */
async function findProblem(swarm: Swarm, name: string, wanted: Provoked) {
  const statuses = [wanted.status].flat();
  const service = await readService(swarm.vitals, name);
  const replica = service.replicas.findLast(
    (one) => statuses.includes(one.status) && one.cause === wanted.cause,
  );
  expect(
    replica,
    `a replica of ${name} with the cause ${wanted.cause}: ${JSON.stringify(service.replicas)}`,
  ).toBeDefined();
  return { service, replica: replica as NonNullable<typeof replica> };
}

async function expectOnPages(page: Page, name: string, key: string, sentence: string, hint: string | null) {
  const start = sentence.slice(0, 40);
  await page.goto(`/services/${name}`);
  await expect(page.locator('.detail-head')).toContainText(asShown(new RegExp(escapeRegExp(start), 'i')));
  if (hint !== null) await expect(page.locator('.detail-head')).toContainText(hint);
  await page.goto(`/services/${name}/${key}`);
  await expect(page.locator('.detail-head')).toContainText(start);
  if (hint !== null) await expect(page.locator('.detail-head')).toContainText(hint);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

for (const [prefix, wanted] of Object.entries(CAUSES)) {
  test(`why: ${prefix}`, async ({ page, swarm }) => {
    const name = names.get(prefix) ?? '';
    const rename = (pattern: RegExp) => new RegExp(pattern.source.replaceAll(prefix, name), pattern.flags);
    await expect(async () => {
      const { service, replica } = await findProblem(swarm, name, wanted);
      expect([wanted.verdict].flat()).toContain(service.verdict);
      expect(replica.sentence).toMatch(rename(wanted.sentence));
      expect(service.sentence.toLowerCase()).toContain((replica.sentence ?? '').slice(1, 40).toLowerCase());
      if (wanted.evidence === null) expect(replica.evidence).toBeNull();
      else expect(replica.evidence?.text).toMatch(wanted.evidence);
      if (wanted.hint === null) expect(replica.hint).toBeNull();
      else expect(replica.hint).toMatch(rename(wanted.hint));
      expect(service.hint).toBe(replica.hint);
    }).toPass({ timeout: 45_000, intervals: [300] });

    const { replica } = await findProblem(swarm, name, wanted);
    await page.goto('/');
    const article = await showProblem(page, name);
    await expect(article).toContainText(
      asShown(rename(new RegExp(wanted.sentence.source.replace(/^\^|\$$/g, ''), 'i'))),
    );
    if (wanted.evidence !== null) {
      const words = new RegExp(wanted.evidence.source.replace(/^\^|\$$/g, ''), wanted.evidence.flags);
      await expect(article).toContainText(asShown(words));
    }
    // A loop goes on while it is looked at.
    if (wanted.hint !== null && wanted.cause !== 'crash-loop')
      await expect(article).toContainText(replica.hint ?? '');
    if (wanted.cause !== 'crash-loop' && wanted.status !== 'failing')
      await expectOnPages(page, name, replica.key, replica.sentence ?? '', replica.hint);
  });
}

test('while probes fail a countdown ticks to the moment that decides, without a word from the server', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('countdown', {
    image: images.sleep,
    flags: [
      ...['--health-cmd', 'test ! -e /tmp/go', '--health-interval', '6s', '--health-timeout', '1s'],
      ...['--health-retries', '5'],
    ],
  });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy');
  await go(swarm, name);
  await expectStatus(toReplica(page, name), 'failing');
  const { health } = await readReplica(swarm.vitals, name);
  const { intervalMs } = (await readReplicaDetail(swarm.vitals, name, '1')).healthCheck ?? { intervalMs: 0 };
  const last = health?.lastProbe;
  if (!health || !last) throw new Error('The failed probe is not in the picture.');
  const left = health.retries - health.failingStreak;
  expect(health.decidesAtMs).toBe(last.endedAtMs + left * (intervalMs + last.durationMs));

  const article = await showProblem(page, name);
  const countdown = article.locator('[data-decides-at]');
  // Between two probes: it says another number and received nothing new, the moment is the same.
  await expect(async () => {
    const { health: reported } = await readReplica(swarm.vitals, name);
    const moment = String(reported?.decidesAtMs);
    await expect(countdown).toHaveAttribute('data-decides-at', moment, { timeout: 1_000 });
    const first = (await countdown.textContent()) ?? '';
    expect(first).toMatch(/^decides in \d+ s$/);
    await expect(countdown).not.toHaveText(first, { timeout: 2_000 });
    await expect(countdown).toHaveText(/^decides in \d+ s$/, { timeout: 1_000 });
    await expect(countdown).toHaveAttribute('data-decides-at', moment, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await page.goto(`/services/${name}`);
  await expect(page.locator('.replicas-why [data-decides-at]')).toHaveText(/^decides in \d+ s$/);
  await page.goto(`/services/${name}/1`);
  await expect(page.locator('.signs [data-decides-at]')).toHaveText(/^decides in \d+ s$/);
  // Nothing passed meanwhile, and Docker decides when it was foretold.
  await expectStatus(toReplica(page, name), ['unhealthy', 'failed']);
});

test('a start that takes longer than any before it is reported, and an update that waits for it is no problem', async ({
  swarm,
  services,
}) => {
  const name = await services.create('sluggish', {
    image: images.sleep,
    flags: ['--health-cmd', 'test -z "$SLOW"', ...CHECK, '--health-start-period', '1h'],
  });
  await expect
    .poll(async () => (await findService(swarm, name))?.slowestStartMs ?? null, { timeout: 30_000 })
    .not.toBeNull();
  await swarm.manager.docker(
    'service',
    'update',
    '--detach',
    '--no-resolve-image',
    '--env-add',
    'SLOW=1',
    name,
  );
  await expect
    .poll(async () => (await readReplica(swarm.vitals, name)).cause, { timeout: 60_000 })
    .toBe('starting-slow');
  const service = await readService(swarm.vitals, name);
  expect(service).toMatchObject({
    verdict: 'updating',
    replicas: [
      {
        status: 'starting',
        sentence: expect.stringMatching(/^Starting for longer than it ever took \(\d+ s at most until now\)/),
      },
    ],
  });
});

test('an update whose new task can never be healthy is said to wait without end', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('frozen', {
    image: images.sleep,
    flags: ['--health-cmd', 'true', ...CHECK, '--replicas', '2'],
  });
  await expect.poll(async () => (await findService(swarm, name))?.healthy, { timeout: 30_000 }).toBe(2);
  await setInvalidCheck(swarm.manager, name);
  await expect
    .poll(async () => (await readService(swarm.vitals, name)).sentence, { timeout: 30_000 })
    .toMatch(/it will never become healthy\. The update waits for it without end\.$/);
  expect(await readService(swarm.vitals, name)).toMatchObject({
    verdict: 'degraded',
    update: { state: 'updating' },
  });
  await page.goto('/');
  await expect(await showProblem(page, name)).toContainText('The update waits for it without end.');
});

test('a node that is drained stops its replicas as expected: nothing needs attention', async ({
  page,
  swarm,
  services,
}) => {
  const [second] = swarm.workers;
  const name = await services.create('moves', {
    image: images.web,
    flags: [...CHECK, '--replicas', '3', '--constraint', `node.hostname!=${swarm.manager.hostname}`],
  });
  await page.goto('/');
  await expect.poll(async () => (await findService(swarm, name))?.healthy, { timeout: 30_000 }).toBe(3);
  await page.evaluate((which) => {
    const seen: string[] = [];
    Object.assign(window, { problemsSeen: seen });
    new MutationObserver(() => {
      for (const article of document.querySelectorAll('article, .problem-line'))
        if (article.textContent?.includes(which)) seen.push(article.textContent);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  }, name);
  await swarm.manager.docker('node', 'update', '--availability', 'drain', second.hostname);
  try {
    await expect(page.locator(`[data-node="${second.hostname}"]`).first()).toContainText('Draining');
    await expect
      .poll(
        async () => {
          const { replicas, healthy } = await readService(swarm.vitals, name);
          return healthy === 3 && replicas.every(({ hostname }) => hostname !== second.hostname);
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    expect(await page.evaluate(() => (window as unknown as { problemsSeen: string[] }).problemsSeen)).toEqual(
      [],
    );
    await expect(page.locator(`[data-lost-node="${second.hostname}"]`)).toHaveCount(0);
  } finally {
    await swarm.manager.docker('node', 'update', '--availability', 'active', second.hostname);
  }
});
