import { expect, test } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findReasonAge } from './late.ts';

const HOUR_MS = 3_600_000;
const NONE = { cpuNano: null, memoryBytes: null, generic: [] };
const RESERVED = { ...NONE, cpuNano: 1 };

test.each([
  ['scheduling constraints not satisfied on 2 nodes', NONE, { room: null, fits: 'host-1' }],
  [
    'scheduling constraints not satisfied on 1 node; 1 node not available for new tasks',
    NONE,
    { room: null, fits: 'host-1' },
  ],
  [
    'scheduling constraints not satisfied on 1 node; host-mode port already in use on 1 node',
    NONE,
    { room: null, fits: null },
  ],
  ['insufficient resources on 2 nodes', RESERVED, { room: 'host-1', fits: null }],
  [
    'insufficient resources on 1 node; scheduling constraints not satisfied on 1 node',
    RESERVED,
    { room: 'host-1', fits: null },
  ],
  ['insufficient resources on 1 node; missing plugin on 1 node', RESERVED, { room: null, fits: null }],
  ['insufficient resources on 2 nodes', NONE, { room: null, fits: null }],
])('a replica that waits for an hour by “%s” on a node that would take it now', (words, reserved, now) => {
  const task = buildTask({ state: 'pending', stateAtMs: 0, error: `no suitable node (${words})` });
  const service = buildService({ reserved });
  const facts = buildReplicaFacts({ task, service, roomOn: () => buildNode(), nowMs: HOUR_MS });
  expect(findReasonAge(facts)).toEqual({ ageMs: HOUR_MS, ...now });
});
