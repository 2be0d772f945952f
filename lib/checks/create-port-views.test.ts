import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PortPlace, SeenPort, ViewAnswer } from '#lib/model/docker/port-check.ts';
import { buildPortTarget } from '#lib/testing/build-port.ts';
import { createPortViews, type NoView } from './create-port-views.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const targetsOf = (nodes: number, ports = 1) =>
  Array.from({ length: nodes * ports }, (_, i) =>
    buildPortTarget({
      nodeId: `node-${i % nodes}`,
      address: `10.0.0.${i % nodes}`,
      port: 30_000 + Math.floor(i / nodes),
    }),
  );

function setUp(answer: (nodeId: string, place: PortPlace) => ViewAnswer | NoView = () => 'answers') {
  const asked: { nodeId: string; places: readonly PortPlace[] }[] = [];
  const seen: string[] = [];
  const forgotten: string[] = [];
  const views = createPortViews({
    nowMs: Date.now,
    isDemo: false,
    steadyMs: Date.now,
    setTimer: (ms, run) => {
      const timer = setTimeout(run, ms);
      return { cancel: () => clearTimeout(timer) };
    },
    async ask(nodeId, places) {
      asked.push({ nodeId, places });
      const answers = places.map((place) => answer(nodeId, place));
      const none = answers.find((one) => one === 'off' || one === 'busy' || one === 'failed');
      if (none !== undefined) return none;
      return places.map((place, i): SeenPort => ({ ...place, answer: answers[i] as ViewAnswer, ms: 1 }));
    },
    see: (nodeId, ports) => seen.push(...ports.map(({ port }) => `${nodeId} ${port.address} ${port.answer}`)),
    forget: (nodeId) => forgotten.push(nodeId),
  });
  return { views, asked, seen, forgotten, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

it('three nodes: each port on each of them is seen from all three, and again after a minute', async () => {
  const { views, seen, asked, pass } = setUp();
  views.set(targetsOf(3), ['node-0', 'node-1', 'node-2']);
  await pass(5_000);
  expect(new Set(seen).size).toBe(9);
  const before = asked.length;
  await pass(50_000);
  expect(asked).toHaveLength(before);
  await pass(15_000);
  expect(asked.length).toBe(2 * before);
});

it('what does not answer is looked at again after 5 s, and when it goes on every 20 s', async () => {
  const { views, asked, pass } = setUp(() => 'refused');
  views.set(targetsOf(1), ['node-0']);
  await pass(40_000);
  const soon = asked.length;
  expect(soon).toBeGreaterThanOrEqual(6);
  await pass(200_000);
  expect(asked.length - soon).toBeLessThanOrEqual(11);
});

it('a large swarm: two agents a second, eight ports each, and each port from four nodes', async () => {
  const nodes = 50;
  const { views, asked, seen, pass } = setUp();
  views.set(
    targetsOf(nodes),
    Array.from({ length: nodes }, (_, i) => `node-${i}`),
  );
  await pass(10_000);
  expect(asked.length).toBeLessThanOrEqual(20);
  expect(asked.every(({ places }) => places.length <= 8)).toBe(true);
  await pass(50_000);
  expect(new Set(seen).size).toBe(4 * nodes);
});

it('an agent that connects to none is left alone for five minutes, and what it saw is forgotten', async () => {
  const { views, asked, forgotten, pass } = setUp((nodeId) => (nodeId === 'node-1' ? 'off' : 'answers'));
  views.set(targetsOf(2), ['node-0', 'node-1']);
  await pass(280_000);
  expect(asked.filter(({ nodeId }) => nodeId === 'node-1')).toHaveLength(1);
  expect(forgotten).toEqual(['node-1']);
});

it('what fails here is looked at from everywhere at once', async () => {
  const { views, asked, pass } = setUp();
  const [target] = targetsOf(1);
  views.set(target ? [target] : [], ['node-0', 'node-1']);
  await pass(10_000);
  const before = asked.length;
  views.hurry(target?.key ?? '');
  await pass(2_000);
  expect(asked.length - before).toBe(2);
  views.close();
});

it('a node whose address nobody may connect to is left out, and the others are asked', async () => {
  const { views, asked, pass } = setUp();
  const odd = ['fe80::1%eth0', '::ffff:10.0.0.9', 'docker09', '127.0.0.1', null].map((address, i) =>
    buildPortTarget({ nodeId: `odd-${i}`, address }),
  );
  views.set([...odd, ...targetsOf(1)], ['node-0']);
  await pass(2_000);
  expect(asked).toEqual([{ nodeId: 'node-0', places: [{ address: '10.0.0.0', port: 30_000 }] }]);
});

it('one question to an agent gets lost: what it saw stays, it is asked again soon; when that fails too, nothing is known', async () => {
  let isLost = false;
  const { views, forgotten, seen, pass } = setUp(() => (isLost ? 'failed' : 'answers'));
  const [target] = targetsOf(1);
  views.set(target ? [target] : [], ['node-0']);
  await pass(2_000);
  isLost = true;
  views.hurry(target?.key ?? '');
  await pass(6_000);
  expect(forgotten).toEqual([]);
  isLost = false;
  await pass(6_000);
  expect(seen).toHaveLength(2);
  isLost = true;
  views.hurry(target?.key ?? '');
  await pass(12_000);
  expect(forgotten).toEqual(['node-0']);
  views.close();
});

it('an agent that several servers ask at once says so: what it saw stays, and it is asked again in its turn', async () => {
  let isBusy = false;
  const { views, asked, forgotten, pass } = setUp(() => (isBusy ? 'busy' : 'answers'));
  const [target] = targetsOf(1);
  views.set(target ? [target] : [], ['node-0']);
  await pass(2_000);
  isBusy = true;
  views.hurry(target?.key ?? '');
  const before = asked.length;
  await pass(30_000);
  expect(asked.length - before).toBeGreaterThan(3);
  expect(forgotten).toEqual([]);
  views.close();
});
