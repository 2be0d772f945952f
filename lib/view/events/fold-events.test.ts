import { expect, test } from 'vitest';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { foldEvents } from './fold-events.ts';

const MINUTE_MS = 60_000;
let id = 0;
const at = (minute: number, text: string, change: Partial<SwarmEvent> = {}) => {
  id += 1;
  return buildSwarmEvent({ id, atMs: minute * MINUTE_MS, text, ...change });
};
const show = (events: SwarmEvent[]) =>
  foldEvents(events).map(
    ({ event, others }) => `${event.text} @${event.atMs / MINUTE_MS} ×${others.length + 1}`,
  );

test.each<[what: string, events: SwarmEvent[], expected: string[]]>([
  ['nothing repeats', [at(3, 'c'), at(2, 'b'), at(1, 'a')], ['c @3 ×1', 'b @2 ×1', 'a @1 ×1']],
  ['one repeats', [at(3, 'a'), at(2, 'a'), at(1, 'a')], ['a @3 ×3']],
  ['two in turn', [at(4, 'b'), at(3, 'a'), at(2, 'b'), at(1, 'a')], ['b @4 ×2', 'a @3 ×2']],
  ['again after a long time', [at(60, 'a'), at(10, 'a'), at(1, 'a')], ['a @60 ×1', 'a @10 ×2']],
  ['on and on, for longer than that', [at(40, 'a'), at(28, 'a'), at(15, 'a'), at(1, 'a')], ['a @40 ×4']],
  [
    'of another replica',
    [at(2, 'a', { replicaKey: '2' }), at(1, 'a', { replicaKey: '1' })],
    ['a @2 ×1', 'a @1 ×1'],
  ],
  ['of another node', [at(2, 'a', { nodeId: 'n2' }), at(1, 'a', { nodeId: 'n1' })], ['a @2 ×1', 'a @1 ×1']],
  [
    'graver than before',
    [at(2, 'a', { level: 'bad' }), at(1, 'a', { level: 'warn' })],
    ['a @2 ×1', 'a @1 ×1'],
  ],
  ['none', [], []],
])('%s', (_what, events, expected) => {
  expect(show(events)).toEqual(expected);
});

test('none is lost, and each stands where its newest happened', () => {
  const events = Array.from({ length: 200 }, (_, n) => at(200 - n, `${n % 7}`));
  const folded = foldEvents(events);
  expect(folded.flatMap(({ event, others }) => [event, ...others]).sort((a, b) => b.atMs - a.atMs)).toEqual(
    events,
  );
  for (const [index, { event }] of folded.entries())
    expect(event.atMs).toBeLessThan(folded[index - 1]?.event.atMs ?? Number.POSITIVE_INFINITY);
});
