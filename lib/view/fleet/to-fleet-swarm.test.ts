import { expect, test } from 'vitest';
import { toUnreadPicture } from '#lib/model/derive/to-unread-picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { english } from '#lib/words/english.ts';
import { toFleetSwarm } from './to-fleet-swarm.ts';

const NOW_MS = 30_000;
const LIVE = buildSource({ kind: 'server', state: 'live', active: true, error: null });

function build(overrides: Parameters<typeof buildSwarmPicture>[0] = {}) {
  return buildSwarmPicture({ sources: [LIVE], atMs: 29_000, ...overrides });
}

const LOSS = {
  endpoint: 'https://prod.example',
  error: 'It does not answer (ECONNREFUSED).',
  sinceMs: 29_000,
};

test('a swarm that is well says what its own pages count', () => {
  const swarm = toFleetSwarm('prod', build(), null, NOW_MS);
  expect(swarm).toMatchObject({ name: 'prod', state: 'live', heardAtMs: 29_000, reason: null });
  expect(swarm.said).toMatchObject({
    services: { total: 1, well: 1, unknown: 0, changing: 0 },
    replicas: { desired: 1, healthy: 1, byStatus: { healthy: 1 } },
    nodes: { total: 1, ready: 1, notReady: null },
    engines: ['28.5.0'],
    worst: [],
  });
});

test('what is wrong stands there as on the wall: the worst first, with its replicas', () => {
  const replicas = [buildReplica(), buildReplica({ key: '2', slot: 2, status: 'failed' })];
  const bad = buildServicePicture({ verdict: 'degraded', desired: 2, replicas, sentence: 'One failed.' });
  const down = buildNodePicture({ id: 'node-2', hostname: 'host-2', status: 'down' });
  const { said } = toFleetSwarm('prod', build({ services: [bad], nodes: [down] }), null, NOW_MS);
  expect(said?.services).toEqual({ total: 1, well: 0, unknown: 0, changing: 0 });
  expect(said?.nodes).toEqual({ total: 1, ready: 0, notReady: 'host-2' });
  expect(said?.worst).toEqual([
    expect.objectContaining({ id: 'node:node-2', verdict: 'degraded', nodeState: 'down', counts: null }),
    expect.objectContaining({
      id: 'service:service-1',
      verdict: 'degraded',
      sentence: 'One failed.',
      counts: '1 of 2 replicas healthy',
      cells: ['failed', 'healthy'],
      replicas: 2,
    }),
  ]);
});

test('what is silenced stands after what is not, and all of it is counted, also what has no place in the list', () => {
  const buildBad = (at: number, untilMs: number | null) =>
    buildServicePicture({
      id: `service-${at}`,
      name: `web-${at}`,
      verdict: untilMs === null ? 'degraded' : 'down',
      ...(untilMs === null
        ? {}
        : { silenced: { id: 'a', of: 'service', untilMs, by: null, comment: '' } as const }),
    });
  const services = [...Array.from({ length: 14 }, (_, at) => buildBad(at, 50_000 + at)), buildBad(20, null)];
  const { said } = toFleetSwarm('prod', build({ services }), null, NOW_MS);
  expect(said?.worst[0]).toMatchObject({ name: 'web-20', verdict: 'degraded' });
  expect(said?.worst).toHaveLength(12);
  expect(said?.silenced).toEqual({ count: 14, firstMs: 50_000, lastMs: 50_013 });
});

test('of a swarm whose server is gone, what it said last is kept apart, with the time and the reason', () => {
  const last = build();
  const swarm = toFleetSwarm('prod', toUnreadPicture(last, LOSS, english), last, NOW_MS);
  expect(swarm).toMatchObject({ state: 'silent', heardAtMs: 29_000, said: { services: { well: 1 } } });
  expect(swarm.reason).toContain('ECONNREFUSED');
});

test('a swarm whose managers do not answer is silent, too, and so is one of which nothing came for minutes', () => {
  const error = 'connection refused';
  const lost = build({
    sources: [buildSource({ kind: 'manager', state: 'unreachable', active: true, error })],
  });
  expect(toFleetSwarm('prod', lost, null, NOW_MS)).toMatchObject({ state: 'silent', said: null });
  expect(toFleetSwarm('prod', build(), null, NOW_MS + 600_000).state).toBe('silent');
});

test.each([
  ['as ours', 27_000, 27_000],
  ['an hour ahead of ours', 3_627_000, 29_000],
])(
  'how long its managers are lost is never less than it is, with a clock of its server %s',
  (_clock, sinceMs, heardAtMs) => {
    const manager = buildSource({
      kind: 'manager',
      state: 'unreachable',
      active: true,
      error: 'refused',
      sinceMs,
    });
    expect(toFleetSwarm('prod', build({ sources: [manager] }), build(), NOW_MS)).toMatchObject({
      state: 'silent',
      heardAtMs,
    });
  },
);

test('one that was never heard waits, until there is a reason', () => {
  const connecting = [buildSource({ kind: 'server', state: 'connecting', active: true, error: null })];
  const first = build({ ready: false, sources: connecting, services: [], nodes: [] });
  expect(toFleetSwarm('prod', first, null, NOW_MS)).toMatchObject({ state: 'waiting', said: null });
  const refused = toUnreadPicture(first, { ...LOSS, error: 'It does not take the token.' }, english);
  const swarm = toFleetSwarm('prod', refused, null, NOW_MS);
  expect(swarm).toMatchObject({ state: 'silent', heardAtMs: null, said: null });
  expect(swarm.reason).toContain('token');
  // Whoever may not read errors has a source without one.
  const apart = { ...refused, sources: refused.sources.map((source) => ({ ...source, error: null })) };
  expect(toFleetSwarm('prod', apart, null, NOW_MS)).toMatchObject({ state: 'silent', said: null });
});

test('a source that says megabytes of each thing burdens nobody who looks at all swarms', () => {
  const long = 'x'.repeat(2_000_000);
  const replicas = [buildReplica({ status: 'failed', evidence: { label: long, text: long } })];
  const services = [buildServicePicture({ name: long, verdict: 'down', sentence: long, replicas })];
  const nodes = Array.from({ length: 3_000 }, (_, at) =>
    buildNodePicture({ id: `n${at}`, hostname: long, engineVersion: `1.${at}.${long}`, status: 'down' }),
  );
  const { said } = toFleetSwarm('prod', build({ name: long, sentence: long, services, nodes }), null, NOW_MS);
  expect(said?.worst).toHaveLength(12);
  expect(said?.engines.length).toBeGreaterThan(10);
  expect(JSON.stringify(said).length).toBeLessThan(100_000);
});
