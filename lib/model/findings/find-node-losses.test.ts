import { expect, test } from 'vitest';
import type { Finding, FindingRef } from '#lib/model/contract/finding.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { findNodeLosses } from './find-node-losses.ts';

const NODE = { kind: 'node', nodeId: 'n3' } as const;
const base = { level: 'problem', sentence: 'S.', evidence: null, hint: null, sinceMs: 10_000 } as const;
const mesh: Finding = { ...base, cause: 'node-mesh', subject: NODE, because: null };
const node = { ...buildNodePicture({ id: 'n3' }), findings: [mesh] };
const dead = (because: FindingRef | null): Finding => ({
  ...base,
  cause: 'port-dead',
  subject: { kind: 'service', serviceId: 's' },
  because,
});
const BY_NODE: FindingRef = { cause: 'node-mesh', subject: NODE };

test.each([
  ['a port that is dead by the mesh of a node is told with the node', [dead(BY_NODE)], 'healthy', [true]],
  ['another problem of its own is told besides', [dead(BY_NODE), dead(null)], 'healthy', [false]],
  ['a replica that is not well, too', [dead(BY_NODE)], 'failing', [false]],
  ['a dead port that no node explains is the service’s own', [dead(null)], 'healthy', []],
] as const)('%s', (_, findings, status, explained) => {
  const service = buildServicePicture({ findings: [...findings], replicas: [buildReplica({ status })] });
  const [loss] = findNodeLosses([node], [service]);
  expect(loss?.services.map((one) => one.explained)).toEqual(explained);
});
