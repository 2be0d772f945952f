import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Certificate, makeAuthority, makeCertificate } from '#e2e/support/hostile/make-certificates.ts';
import { type Manner, startTlsFront, type TlsFront } from '#e2e/support/hostile/start-tls-front.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';

// Engines behind TLS that asks for a certificate, straight from the server: `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`.

const SOON = { timeout: 45_000 };
const HERE = 'IP:127.0.0.1';

const folder = mkdtempSync(join(tmpdir(), 'vitals-engine-tls-'));
test.afterAll(() => rmSync(folder, { recursive: true }));

function make(authority: Certificate, title: string, wish: Parameters<typeof makeCertificate>[2]) {
  const own = join(folder, title);
  mkdirSync(own);
  return makeCertificate(authority, own, wish);
}

/** What is wrong with each engine, and what is said of it. */
function listFaults(ours: Certificate, theirs: Certificate): [string, Manner, RegExp][] {
  const shows = (own: Certificate): Manner => ({ kind: 'tls', own, clients: ours });
  const good = make(ours, 'for strangers', { name: 'engine', alternative: HERE });
  return [
    [
      'a certificate for another name',
      shows(make(ours, 'elsewhere', { name: 'engine', alternative: 'DNS:elsewhere,IP:127.0.0.9' })),
      /certificate is for another name/,
    ],
    [
      'a certificate that was over yesterday',
      shows(make(ours, 'old', { name: 'engine', alternative: HERE, days: -1 })),
      /certificate has expired/,
    ],
    [
      'a certificate that begins tomorrow',
      shows(make(ours, 'tomorrow', { name: 'engine', alternative: HERE, isOfTomorrow: true })),
      /certificate is not valid yet/,
    ],
    [
      'a certificate of another authority',
      shows(make(theirs, 'foreign', { name: 'engine', alternative: HERE })),
      /certificate is not signed by an authority we know/,
    ],
    ['a certificate that signed itself', shows(theirs), /certificate is not signed by an authority we know/],
    [
      'an engine that knows another authority than that of our certificate',
      { kind: 'tls', own: good, clients: theirs },
      /refus\w+ our TLS certificate/,
    ],
    ['an engine without TLS', { kind: 'plain' }, /does not speak TLS/],
    ['an engine that never ends the handshake', { kind: 'silent' }, /not answer/],
  ];
}

test('engines whose certificate is wrong in any way are unreachable with the reason and hear nothing of us; all others are read, and each of them once it is right', async () => {
  const ours = makeAuthority(folder, 'ca');
  const theirs = makeAuthority(folder, 'theirs');
  make(ours, 'server', { name: 'server' });
  copyFileSync(ours.cert, join(folder, 'server', 'ca.pem'));
  const own = make(ours, 'good', { name: 'engine', alternative: HERE });
  const good: Manner = { kind: 'tls', own, clients: ours };
  const faults = listFaults(ours, theirs);
  const demo = await createDemoSwarm({
    ...{ nodes: faults.length + 3, services: 4, replicas: 40, churn: 0 },
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  const fronts: TlsFront[] = [];
  for (const engine of demo.engines) fronts.push(await startTlsFront(engine, good));
  const [manager] = fronts;
  if (manager === undefined) throw new Error('The demo swarm has no engine.');
  const bad = fronts.slice(-faults.length);
  for (const [index, front] of bad.entries()) front.set(faults[index]?.[1] ?? good);
  const vitals = await startVitals({
    ...{
      VITALS_MANAGERS: manager.endpoint,
      VITALS_ENGINES: fronts.map(({ endpoint }) => endpoint).join(','),
    },
    ...{ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: join(folder, 'server') },
  });
  const sourceOf = async ({ endpoint }: TlsFront) =>
    (await readSwarm(vitals)).sources.find((source) => source.endpoint === endpoint);
  const listLive = async () =>
    (await readSwarm(vitals)).nodes.filter(({ engine }) => engine.state === 'live').map(({ id }) => id);
  try {
    await expect.poll(async () => (await listLive()).length, SOON).toBe(3);
    for (const [index, [title, manner, words]] of faults.entries()) {
      const front = bad[index];
      if (front === undefined) throw new Error('Each has one.');
      await expect
        .poll(() => sourceOf(front), { ...SOON, message: title })
        .toMatchObject({ state: 'unreachable', error: expect.stringMatching(words) });
      // What speaks no TLS hears our greeting.
      if (manner.kind !== 'plain') expect(front.heardBytes(), title).toBe(0);
    }
    const { nodes, services } = await readSwarm(vitals);
    const live = new Set(nodes.filter(({ engine }) => engine.state === 'live').map(({ id }) => id));
    expect(live.size).toBe(3);
    for (const { nodeId, status } of services.flatMap(({ replicas }) => replicas))
      if (live.has(nodeId ?? '')) expect(status).not.toBe('unknown');
      else expect(status).toBe('unknown');
    for (const front of bad) front.set(good);
    await expect.poll(async () => (await listLive()).length, { timeout: 90_000 }).toBe(fronts.length);

    // The only manager's: what is shown is old, and a monitor hears no yes.
    manager.set({ kind: 'tls', own: theirs, clients: ours });
    await expect
      .poll(() => readSwarm(vitals), SOON)
      .toMatchObject({ verdict: 'unknown', sentence: expect.stringMatching(/not signed by an authority/) });
    expect(manager.heardBytes()).toBe(0);
    expect((await fetch(`${vitals.url}/api/status/${services[0]?.name}`)).status).toBe(503);
    manager.set(good);
    await expect.poll(async () => (await readSwarm(vitals)).verdict, { timeout: 90_000 }).not.toBe('unknown');
    expect(vitals.log()).not.toMatch(/unhandled|TypeError|at .*\.js:\d+/);
  } finally {
    await vitals.kill();
    await Promise.all(fronts.map((front) => front.close()));
    await demo.close();
  }
});
