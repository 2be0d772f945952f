import { expect, test } from 'vitest';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { wordEvent } from '#lib/testing/word-findings.ts';
import { deriveNodeEvents } from './derive-node-events.ts';

const node = buildNodePicture();
const manager = (overrides: Partial<NodePicture> = {}) =>
  buildNodePicture({ role: 'manager', reachability: 'reachable', ...overrides });
const engine = (state: SourceState, error: string | null = null) =>
  buildNodePicture({ engine: { ...node.engine, state, sinceMs: 18_000, error } });

test.each<[situation: string, before: NodePicture | null, after: NodePicture | null, string[]]>([
  ['joined', null, node, ['node info host-1 joined the swarm as a worker.']],
  ['removed', node, null, ['node info host-1 was removed from the swarm.']],
  [
    'down',
    node,
    buildNodePicture({ status: 'down', statusMessage: 'Heartbeat failure' }),
    ['node bad host-1 is down: heartbeat failure.'],
  ],
  ['back', buildNodePicture({ status: 'down' }), node, ['node good host-1 is ready again.']],
  [
    'drained',
    node,
    buildNodePicture({ availability: 'drain' }),
    ['node info host-1 is being drained: its replicas move to other nodes.'],
  ],
  ['promoted', node, manager(), ['manager info host-1 is a manager now.']],
  ['elected', manager(), manager({ leader: true }), ['manager warn host-1 is the leader of the swarm now.']],
  [
    'out of reach of the other managers',
    manager(),
    manager({ reachability: 'unreachable' }),
    ['manager bad host-1 cannot be reached by the other managers.'],
  ],
  [
    'its engine is out of our reach',
    node,
    engine('unreachable', 'no answer'),
    ['engine warn The engine of host-1 cannot be reached: the health of its replicas is unknown.'],
  ],
  [
    'and in reach again',
    engine('unreachable', 'no answer'),
    engine('live'),
    ['engine good The engine of host-1 can be reached again.'],
  ],
  ['its engine is read for the first time', engine('connecting'), engine('live'), []],
  [
    'another Docker',
    node,
    buildNodePicture({ engineVersion: '29.0.1' }),
    ['node info host-1 runs Docker 29.0.1 now, before it 28.5.0.'],
  ],
])('%s', (_situation, before, after, expected) => {
  const events = deriveNodeEvents(before, after, 20_000);
  expect(events.map(wordEvent).map(({ kind, level, text }) => `${kind} ${level} ${text}`)).toEqual(expected);
});

test('why an engine cannot be reached is the evidence', () => {
  const [event] = deriveNodeEvents(node, engine('unreachable', 'no answer'), 20_000).map(wordEvent);
  expect(event).toMatchObject({
    atMs: 18_000,
    evidence: { label: 'error', text: 'no answer' },
  });
});
