import { expect, test } from 'vitest';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { describeNodeLoss } from './en/node-losses.ts';

const loss = (overrides: Partial<NodeLoss>): NodeLoss => ({
  nodeId: 'n',
  hostname: 'docker02',
  kind: 'down',
  sinceMs: 1,
  reason: 'heartbeat failure',
  services: [
    { id: 'a', name: 'api', keys: ['1', '4'], explained: true },
    { id: 'w', name: 'web', keys: ['2'], explained: false },
  ],
  replicas: 3,
  finding: null,
  ...overrides,
});

test.each<[situation: string, sentence: string, loss: NodeLoss]>([
  [
    'down',
    'The node is down (heartbeat failure): 3 replicas of 2 services are missing. What may run elsewhere Swarm starts there.',
    loss({}),
  ],
  [
    'down, everything replaced',
    'The node is down (heartbeat failure). Nothing that ran on it is missing.',
    loss({ services: [], replicas: 0 }),
  ],
  [
    'unread',
    'Its engine cannot be read: the health of 3 replicas of 2 services is not known. tcp://10.0.0.2:2375 does not answer.',
    loss({ kind: 'unread', reason: 'tcp://10.0.0.2:2375 does not answer.' }),
  ],
  [
    'unread, and nothing runs there',
    'Its engine cannot be read.',
    loss({ kind: 'unread', reason: null, services: [], replicas: 0 }),
  ],
])('%s', (_situation, sentence, facts) => {
  expect(describeNodeLoss(facts).sentence).toBe(sentence);
});

test('for a node that is down it says where to look; also of an engine that cannot be read', () => {
  expect(describeNodeLoss(loss({})).hint).toBe(
    'Is docker02 up, and does its engine run? On it: systemctl status docker.',
  );
  expect(describeNodeLoss(loss({ kind: 'unread' })).hint).toBe(
    'Is docker02 up, and does its engine run? On it: systemctl status docker.',
  );
});
