import { describe, expect, test } from 'vitest';
import type { PortCheck, PortResult, PortTarget } from '#lib/model/docker/port-check.ts';
import { buildPortTarget, buildResult } from '#lib/testing/build-port.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createChecker } from './create-checker.ts';
import { LIMITS } from './limits.ts';

type Behaviour = (
  target: { address: string; port: number },
  nth: number,
) => PortResult['answer'] | 'hangs' | 'slow' | 'connects' | 'late';

function setUp(behaviour: Behaviour) {
  const clock = createFakeClock();
  const checks = new Map<string, PortCheck>();
  const gone: PortTarget[] = [];
  const asked: { address: string; port: number; atMs: number }[] = [];
  const counts = new Map<string, number>();
  const open = new Map<string, number>();
  let most = { all: 0, node: 0 };
  const checker = createChecker({
    ...clock,
    isDemo: false,
    emit(observed) {
      for (const check of observed.checks) checks.set(check.target.key, check);
      gone.push(...observed.gone);
    },
    async connect({ address, port }) {
      asked.push({ address, port, atMs: clock.nowMs() });
      const key = `${address} ${port}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      open.set(address, (open.get(address) ?? 0) + 1);
      const all = [...open.values()].reduce((sum, count) => sum + count, 0);
      most = { all: Math.max(most.all, all), node: Math.max(most.node, open.get(address) ?? 0) };
      const answer = behaviour({ address, port }, nth);
      if (answer === 'hangs' || answer === 'slow')
        await new Promise<void>((resolve) => void clock.setTimer(LIMITS.timeoutMs, resolve));
      open.set(address, (open.get(address) ?? 1) - 1);
      if (answer === 'connects') return buildResult('answers', { wrong: { kind: 'silent' } });
      if (answer === 'slow') return buildResult('answers');
      if (answer === 'late') return buildResult('answers', { connectMs: 1_030 });
      return buildResult(answer === 'hangs' ? 'timed-out' : answer);
    },
  });
  return { clock, checks, gone, asked, checker, most: () => most };
}

const at = (node: number, port: number, overrides: Partial<PortTarget> = {}) =>
  buildPortTarget({ nodeId: `node-${node}`, address: `10.0.0.${node}`, port, ...overrides });

test('each replica behind a port is met in a round, and a failure is looked at once more soon', async () => {
  const { clock, checks, asked, checker } = setUp(({ port }, nth) =>
    port === 81 && nth > 3 ? 'refused' : 'answers',
  );
  checker.setTargets([at(1, 80), at(1, 81)]);
  await clock.advance(5_000);
  expect(asked.filter(({ port }) => port === 80)).toHaveLength(3);
  expect(checks.get(at(1, 81).key)?.state).toBe('answers');
  await clock.advance(17_000);
  // Refused once by now: no more is said than before.
  expect(checks.get(at(1, 81).key)).toMatchObject({ state: 'answers', rounds: [{}, { failure: 'refused' }] });
  await clock.advance(4_000);
  expect(checks.get(at(1, 81).key)).toMatchObject({ state: 'refused' });
  expect(checks.get(at(1, 80).key)).toMatchObject({ state: 'answers' });
  checker.close();
});

test('where a firewall removed the rules of the mesh Docker itself still takes connections: that is no answer', async () => {
  let isFlushed = false;
  const { clock, checks, asked, checker } = setUp(({ address }) =>
    isFlushed && address === '10.0.0.1' ? 'connects' : 'answers',
  );
  checker.setTargets([at(1, 80), at(2, 80)]);
  await clock.advance(70_000);
  expect(checks.get(at(1, 80).key)).toMatchObject({ state: 'answers' });
  isFlushed = true;
  await clock.advance(25_000);
  const dead = { state: 'timed-out', failure: 'timed-out', wrong: { kind: 'silent' } };
  expect(checks.get(at(1, 80).key)).toMatchObject(dead);
  expect(checks.get(at(2, 80).key)).toMatchObject({ state: 'answers', wrong: null });
  const count = asked.length;
  // A node that comes later is held against what the others showed.
  checker.setTargets([at(1, 80), at(2, 80), { ...at(3, 80), address: '10.0.0.1' }]);
  await clock.advance(25_000);
  expect(asked.length).toBeGreaterThan(count);
  expect(checks.get(at(3, 80).key)).toMatchObject(dead);
  checker.close();
});

test('a program that never ends a connection is no failure, and no proof that somebody is there', async () => {
  const { clock, checks, asked, checker } = setUp(() => 'connects');
  checker.setTargets([at(1, 80)]);
  await clock.advance(120_000);
  expect(checks.get(at(1, 80).key)).toMatchObject({
    state: 'answers',
    rounds: Array.from({ length: 6 }, () => ({ failure: null, asked: 2, wrong: { kind: 'silent' } })),
  });
  expect(asked.length).toBeLessThanOrEqual(14);
  checker.close();
});

test('another image may do otherwise with its connections', async () => {
  let isNew = false;
  const { clock, checks, checker } = setUp(() => (isNew ? 'connects' : 'answers'));
  checker.setTargets([at(1, 80)]);
  await clock.advance(90_000);
  isNew = true;
  const next = at(1, 80, { image: 'web:2' });
  checker.setTargets([next]);
  await clock.advance(60_000);
  expect(checks.get(next.key)).toMatchObject({ state: 'answers', rounds: expect.anything() });
  checker.close();
});

test('nodes that never answer keep the others waiting no longer than so, and never more than so many connections', async () => {
  const { clock, checks, asked, checker, most } = setUp(({ address }) =>
    address === '10.0.0.9' || address === '10.0.0.8' ? 'hangs' : 'answers',
  );
  const targets = [9, 8, 1, 2].flatMap((node) => Array.from({ length: 10 }, (_, i) => at(node, 80 + i)));
  checker.setTargets(targets);
  await clock.advance(60_000);
  expect(most().node).toBeLessThanOrEqual(LIMITS.perNode);
  expect(most().all).toBeLessThanOrEqual(LIMITS.atOnce);
  for (const node of [1, 2])
    for (let i = 0; i < 10; i += 1) expect(checks.get(at(node, 80 + i).key)?.state).toBe('answers');
  expect(asked.length).toBeLessThanOrEqual(60 * LIMITS.perSecond + LIMITS.burst);
  checker.close();
});

test('a thousand ports are all asked, with fewer connections each', async () => {
  const { clock, checks, asked, checker } = setUp(() => 'answers');
  checker.setTargets(Array.from({ length: 1_000 }, (_, i) => at((i % 50) + 1, 8_000 + i)));
  await clock.advance(220_000);
  expect([...checks.values()].filter(({ state }) => state !== 'answers')).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(220 * LIMITS.perSecond + LIMITS.burst);
  checker.close();
});

test('a service with thousands of ports keeps neither others nor Swarm’s own waiting', async () => {
  const { clock, checks, asked, checker } = setUp(({ port }) => (port === 81 ? 'refused' : 'answers'));
  const hog = Array.from({ length: LIMITS.targets }, (_, i) =>
    at((i % 50) + 1, 10_000 + Math.floor(i / 50), { serviceId: 'hog', key: `hog ${i}` }),
  );
  const small = at(1, 81, { serviceId: 'small', key: 'small' });
  const swarm = at(2, 7946, { serviceId: null, mode: 'swarm', key: 'swarm', connections: 1 });
  checker.setTargets([...hog, small, swarm]);
  await clock.advance(30_000);
  expect(checks.get('small')).toMatchObject({ state: 'refused' });
  expect(checks.get('swarm')).toMatchObject({ state: 'answers' });
  await clock.advance(90_000);
  const countOf = (port: number) => asked.filter((one) => one.port === port).length;
  expect(countOf(81)).toBeGreaterThan(5);
  expect(countOf(7946)).toBeGreaterThan(1);
  expect(asked.length).toBeLessThanOrEqual(120 * LIMITS.perSecond + LIMITS.burst);
  checker.close();
});

test('only addresses that are a node’s are connected to', async () => {
  const { clock, asked, checker } = setUp(() => 'answers');
  const addresses = [null, '127.0.0.1', '0.0.0.0', '169.254.169.254', 'evil.example', '::1', '10.0.0.7'];
  checker.setTargets(addresses.map((address, i) => at(i, 80 + i, { address })));
  await clock.advance(30_000);
  expect(new Set(asked.map(({ address }) => address))).toEqual(new Set(['10.0.0.7']));
  checker.close();
});

test('what is listed no longer is asked no longer; what stands elsewhere is another', async () => {
  const { clock, checks, gone, asked, checker } = setUp(({ address }) =>
    address === '10.0.0.1' ? 'refused' : 'answers',
  );
  checker.setTargets([at(1, 80)]);
  await clock.advance(10_000);
  expect(checks.get(at(1, 80).key)?.state).toBe('refused');
  const moved = { ...at(1, 80), address: '10.0.0.2' };
  checker.setTargets([moved]);
  expect(checks.get(moved.key)).toMatchObject({ state: null, rounds: [] });
  await clock.advance(25_000);
  expect(checks.get(moved.key)?.state).toBe('answers');
  checker.setTargets([]);
  expect(gone).toHaveLength(1);
  const count = asked.length;
  await clock.advance(60_000);
  expect(asked).toHaveLength(count);
  checker.close();
  expect(clock.pendingTimers()).toBe(0);
});

describe('what has answered for minutes is asked less often', () => {
  const CALM_MS = 2_000 + LIMITS.calmRounds * LIMITS.everyMs;

  async function calmDown(behaviour: Behaviour = () => 'answers') {
    const set = setUp(behaviour);
    const targets = [1, 2, 3].flatMap((node) => [
      at(node, 80),
      at(node, 81, { serviceId: 'other', key: `other ${node}` }),
    ]);
    set.checker.setTargets(targets);
    await set.clock.advance(CALM_MS);
    const askedWithin = async (ms: number) => {
      const before = set.asked.length;
      await set.clock.advance(ms);
      return set.asked.slice(before).map(({ address, port }) => `${address.at(-1)}:${port}`);
    };
    return { ...set, targets, askedWithin };
  }

  test('once a minute, and each replica all the same', async () => {
    const { checker, askedWithin } = await calmDown();
    await askedWithin(60_000);
    const early = await askedWithin(30_000);
    const asked = [...early, ...(await askedWithin(30_000))];
    expect(asked.filter((one) => one === '1:80')).toHaveLength(3);
    expect(asked).toHaveLength(6 * 3);
    checker.close();
  });

  test('together, also those that began some seconds apart', async () => {
    const { asked, checker, clock } = setUp(() => 'answers');
    checker.setTargets([at(1, 80)]);
    await clock.advance(9_000);
    checker.setTargets([at(1, 80), at(2, 81, { serviceId: 'other', key: 'other' })]);
    await clock.advance(CALM_MS + 60_000);
    const before = asked.length;
    await clock.advance(120_000);
    const moments = new Set(asked.slice(before).map(({ atMs }) => atMs));
    expect(asked.slice(before)).toHaveLength(12);
    expect(moments.size).toBe(2);
    checker.close();
  });

  test('where a node breaks, the first of its ports has the others looked at, and those of that service elsewhere', async () => {
    let isBroken = false;
    const { checks, checker, clock, askedWithin } = await calmDown(({ address }) =>
      isBroken && address === '10.0.0.2' ? 'refused' : 'answers',
    );
    await clock.advance(60_000);
    isBroken = true;
    const stateOf = (key: string) => checks.get(key)?.state;
    while ((await askedWithin(1_000)).every((one) => !one.startsWith('2:')));
    await clock.advance(10_000);
    expect([stateOf(at(2, 80).key), stateOf('other 2')]).toEqual(['refused', 'refused']);
    expect([stateOf(at(1, 80).key), stateOf('other 3')]).toEqual(['answers', 'answers']);
    checker.close();
  });

  test('other replicas behind a port, and a port that is new: at once', async () => {
    const { checker, targets, askedWithin } = await calmDown();
    const [first, ...others] = targets as [PortTarget, ...PortTarget[]];
    checker.setTargets([{ ...first, basis: '1:task-2:true' }, ...others, at(1, 82)]);
    expect(new Set(await askedWithin(5_000))).toEqual(new Set(['1:80', '1:82']));
    checker.close();
  });

  test('a port at which nothing should answer, and nothing does, is no trouble of others', async () => {
    const { asked, checker, clock } = setUp(({ port }) => (port === 81 ? 'refused' : 'answers'));
    checker.setTargets([at(1, 80), at(1, 81, { serviceId: 'none', key: 'none', expects: 'nothing' })]);
    await clock.advance(CALM_MS + 60_000);
    const before = asked.length;
    await clock.advance(60_000);
    expect(asked.slice(before).filter(({ port }) => port === 80)).toHaveLength(3);
    expect(asked.slice(before).filter(({ port }) => port === 81)).toHaveLength(2);
    checker.close();
  });
});

test('a mesh that leads nowhere is dead also where a replica beside it crashes again while it is asked', async () => {
  let isBroken = false;
  const { clock, checks, checker } = setUp(() => (isBroken ? 'hangs' : 'answers'));
  const crash = (nth: number) =>
    checker.setTargets([at(1, 80, { basis: `1:steady:true 2:crash-${nth}:true` })]);
  crash(0);
  await clock.advance(300_000);
  isBroken = true;
  for (let nth = 1; nth <= 12; nth += 1) {
    crash(nth);
    await clock.advance(5_000);
  }
  expect(checks.get(at(1, 80).key)).toMatchObject({ state: 'timed-out' });
  checker.close();
});

test('an update is not dead where no replica need answer before all of its rounds are over', async () => {
  let isUpdating = false;
  const { clock, checks, checker } = setUp(() => (isUpdating ? 'hangs' : 'answers'));
  const step = (nth: number, expects: PortTarget['expects']) =>
    checker.setTargets([at(1, 80, { basis: `1:task-${nth}:${expects === 'answer'}`, expects })]);
  step(0, 'answer');
  await clock.advance(300_000);
  isUpdating = true;
  for (let nth = 1; nth <= 12; nth += 1) {
    step(nth, nth % 2 === 0 ? 'answer' : null);
    await clock.advance(5_000);
  }
  expect(checks.get(at(1, 80).key)).toMatchObject({ state: 'answers' });
  checker.close();
});

test.each<[what: string, other: Partial<PortTarget>]>([
  ['what its label asks', { ask: { kind: 'http', path: '/health' } }],
  ["its node's address", { address: '10.0.0.77' }],
  ['how it is published', { mode: 'host' }],
  ['the replicas behind it', { basis: '1:task-2:true' }],
])(
  '%s is another: the port is asked at once, not when it is due after minutes without a failure',
  async (_what, other) => {
    const { clock, asked, checker } = setUp(() => 'answers');
    checker.setTargets([at(1, 80, { connections: 1 })]);
    await clock.advance(300_000);
    while (clock.nowMs() - (asked.at(-1)?.atMs ?? 0) !== 10_000) await clock.advance(1_000);
    const count = asked.length;
    checker.setTargets([at(1, 80, { connections: 1, ...other })]);
    await clock.advance(2_000);
    expect(asked).toHaveLength(count + 1);
    expect(asked.at(-1)?.address).toBe(other.address ?? '10.0.0.1');
    checker.close();
  },
);

test('a way that loses most packets shows within two minutes, also where all was well for long', async () => {
  let isLossy = false;
  // Of three first packets two are lost, and of nine connections three: each packet is sent thrice.
  const losses = [
    'late',
    'timed-out',
    'late',
    'answers',
    'late',
    'timed-out',
    'answers',
    'late',
    'timed-out',
  ] as const;
  let nth = 0;
  const { clock, checks, asked, checker } = setUp(() =>
    isLossy ? (losses[nth++ % losses.length] ?? 'late') : 'answers',
  );
  const target = at(1, 80, { mode: 'host', connections: 1 });
  checker.setTargets([target]);
  await clock.advance(600_000);
  isLossy = true;
  await clock.advance(95_000);
  expect(checks.get(target.key)).toMatchObject({ state: 'partly', failure: 'timed-out' });
  await clock.advance(300_000);
  expect(checks.get(target.key)).toMatchObject({ state: 'partly', failure: 'timed-out' });
  const count = asked.length;
  await clock.advance(600_000);
  expect(asked.length - count).toBeLessThan(60);
  checker.close();
});

test('a hung process whose label is changed is no firewall', async () => {
  let isHung = false;
  const { clock, checks, checker } = setUp(() => (isHung ? 'timed-out' : 'answers'));
  checker.setTargets([at(1, 80)]);
  await clock.advance(10_000);
  isHung = true;
  const next = at(1, 80, { ask: { kind: 'http', path: '/health' } });
  checker.setTargets([next]);
  await clock.advance(30_000);
  expect(checks.get(next.key)).toMatchObject({ state: 'timed-out', wasReached: true });
  // At another address there may be one.
  checker.setTargets([{ ...next, address: '10.0.0.9' }]);
  await clock.advance(30_000);
  expect(checks.get(next.key)).toMatchObject({ state: 'timed-out', wasReached: false });
  checker.close();
});

test('what hangs already when the server starts is no firewall where a server before it had an answer', async () => {
  const { clock, checks, checker } = setUp(() => 'timed-out');
  const before = buildPortTarget({ nodeId: 'node-1', address: '10.0.0.1', port: 80, serviceId: 'service-1' });
  const never = { ...before, key: 'other', port: 81 };
  const later = { ...before, key: 'later', nodeId: 'node-2', address: '10.0.0.2' };
  checker.setTargets([before, never]);
  await clock.advance(30_000);
  expect(checks.get(before.key)).toMatchObject({ state: 'timed-out', wasReached: false });
  checker.rememberReached([
    { serviceId: 'service-1', port: 80, nodeId: 'node-1' },
    { serviceId: 'service-1', port: 80, nodeId: 'node-2' },
  ]);
  expect(checks.get(before.key)).toMatchObject({ state: 'timed-out', wasReached: true });
  checker.setTargets([before, never, later]);
  await clock.advance(30_000);
  expect(checks.get('later')).toMatchObject({ state: 'timed-out', wasReached: true });
  expect(checks.get('other')).toMatchObject({ state: 'timed-out', wasReached: false });
  checker.close();
});

test('a label that changes while its port is asked waits for no minute either', async () => {
  let isSlow = false;
  const { clock, checks, asked, checker } = setUp(() => (isSlow ? 'slow' : 'answers'));
  checker.setTargets([at(1, 80, { connections: 1 })]);
  await clock.advance(300_000);
  const count = asked.length;
  isSlow = true;
  while (asked.length === count) await clock.advance(1_000);
  isSlow = false;
  checker.setTargets([at(1, 80, { connections: 1, ask: { kind: 'tls' } })]);
  expect(checks.get(at(1, 80).key)).toMatchObject({ state: null });
  await clock.advance(8_000);
  expect(checks.get(at(1, 80).key)).toMatchObject({ state: 'answers' });
  checker.close();
});
