import { expect, test } from 'vitest';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { createIncidentNodes, MAX_NODES } from './incident-nodes.ts';
import { type IncidentSign, toNodeKey, toNodeSign } from './incident-sign.ts';

const NONE = { nodes: 0, services: 0, replicas: 0, moved: 0, ends: 0 };

function sign(id: string, over: Partial<IncidentSign> = {}): IncidentSign {
  const node = buildNodePicture({ id, hostname: `host-${id}`, role: 'manager' });
  return { ...toNodeSign(node), state: 'bad', cause: 'node-down', sinceMs: 7_000, ...over };
}

function setUp(isMilder = false) {
  const record = buildIncident({ nodes: [], counts: { ...NONE } });
  return { record, nodes: createIncidentNodes(record, () => isMilder) };
}

test('a node that comes back and is lost again is one node, open again, with its newest reason', () => {
  const { record, nodes } = setUp();
  expect(nodes.put(sign('a'))).toBeNull();
  nodes.remove(sign('a'), 9_000);
  expect(record.nodes).toMatchObject([{ fromMs: 7_000, untilMs: 9_000 }]);
  expect(nodes.put(sign('a', { cause: 'node-cut-off' }))).toBe('node-down');
  expect(record.nodes).toMatchObject([{ untilMs: null, cause: 'node-cut-off', hostname: 'host-a' }]);
  expect([record.counts.nodes, nodes.hasManager()]).toEqual([1, true]);
});

test('what says less of why than what is known leaves the reason as it is', () => {
  const { record, nodes } = setUp(true);
  nodes.put(sign('a'));
  nodes.put(sign('a', { cause: 'engine-unread' }));
  expect([record.nodes[0]?.cause, nodes.hasLost(toNodeKey('a'))]).toEqual(['node-down', true]);
});

test('of a great many the first are named and all are counted, each once', () => {
  const { record, nodes } = setUp();
  for (let n = 0; n < MAX_NODES + 9; n++) nodes.put(sign(`n${n}`));
  nodes.put(sign(`n${MAX_NODES + 8}`));
  expect([record.nodes.length, record.counts.nodes]).toEqual([MAX_NODES, MAX_NODES + 9]);
  expect(nodes.ids.has(`n${MAX_NODES + 8}`)).toBe(true);
});

test('after a start those that do not show any more ended while nobody looked', () => {
  const { record, nodes } = setUp();
  nodes.put(sign('a'));
  nodes.put(sign('b'));
  nodes.settle((key) => key === toNodeKey('b'), 20_000);
  expect(record.nodes.map(({ untilMs }) => untilMs)).toEqual([20_000, null]);
});
