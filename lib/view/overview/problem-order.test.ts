import { expect, test } from 'vitest';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { toWallContent } from '#lib/view/wall/to-wall-content.ts';
import { DEFAULT_WALL } from '#lib/view/wall/wall-options.ts';
import { selectOverviewProblems } from './overview-problems.ts';

const service = (
  name: string,
  verdict: Verdict,
  sinceMs = 1_000,
  replicas: Replica[] = [buildReplica({ status: 'failed' })],
): ServicePicture => buildServicePicture({ id: name, name, verdict, sinceMs, replicas });
const on = (nodeId: string, status: Replica['status']) => buildReplica({ nodeId, hostname: nodeId, status });
const node = (id: string, change: Partial<NodePicture> = {}) =>
  buildNodePicture({ id, hostname: id, ...change });
const down = (id: string, sinceMs = 1_000) =>
  node(id, { status: 'down', engine: { ...node(id).engine, state: 'unreachable', sinceMs } });
const unread = (id: string) =>
  node(id, { engine: { ...node(id).engine, state: 'unreachable', sinceMs: 9_000 } });
const found = (
  cause: Finding['cause'],
  subject: Finding['subject'],
  change: Partial<Finding> = {},
): Finding => ({
  ...{ cause, subject, level: 'problem', sentence: 'It is so.', evidence: null, hint: null },
  ...{ sinceMs: 500, because: null, ...change },
});
const full = (id: string) => node(id, { findings: [found('node-disk', { kind: 'node', nodeId: id })] });
const gone = found('addresses-gone', { kind: 'swarm' });
const doubled = found('address-doubled', { kind: 'swarm' }, { sinceMs: 600 });
const edge = (nodeId: string) =>
  found(
    'quorum-edge',
    { kind: 'swarm' },
    { because: { cause: 'node-down', subject: { kind: 'node', nodeId } } },
  );
const suffersFrom = (nodeId: string) => {
  const because = { cause: 'node-disk', subject: { kind: 'node', nodeId } } as const;
  const own = found('disk-full', { kind: 'replica', serviceId: 'full_a', key: '1' }, { because });
  return service('full_a', 'down', 1_000, [buildReplica({ nodeId, status: 'failed', findings: [own] })]);
};

interface Case {
  services?: ServicePicture[];
  nodes?: NodePicture[];
  findings?: Finding[];
  expected: string[];
}

// The same on the overview, on a wall and where keys step from one problem to the next.
test.each<[string, Case]>([
  [
    'the worst service first, then the newest',
    {
      services: [
        service('failing', 'failing', 9_000),
        service('old', 'degraded', 1_000),
        service('new', 'degraded', 2_000),
        service('pending', 'pending'),
        service('down', 'down'),
        service('well', 'healthy', 1_000, []),
      ],
      expected: ['down', 'new', 'old', 'pending', 'failing'],
    },
  ],
  [
    'a lost node with what it took along before all services; one that took nothing behind those that are down',
    {
      services: [
        service('lost_a', 'degraded', 1_000, [on('n1', 'lost')]),
        service('down', 'down'),
        service('degraded', 'degraded'),
      ],
      nodes: [down('n2'), down('n1')],
      expected: ['n1', 'down', 'n2', 'degraded'],
    },
  ],
  [
    'that one more manager decides right behind the node that it follows from',
    {
      services: [service('lost_a', 'degraded', 1_000, [on('n1', 'lost')]), service('down', 'down')],
      nodes: [down('n1')],
      findings: [edge('n1')],
      expected: ['n1', 'quorum-edge', 'down'],
    },
  ],
  [
    'also where nothing was lost with that manager',
    {
      services: [service('down', 'down')],
      nodes: [down('n1')],
      findings: [edge('n1')],
      expected: ['n1', 'quorum-edge', 'down'],
    },
  ],
  [
    'what the whole swarm has by itself before all else',
    {
      services: [service('lost_a', 'degraded', 1_000, [on('n1', 'lost')]), service('down', 'down')],
      nodes: [down('n1')],
      findings: [gone, edge('n1'), doubled],
      expected: ['address-doubled', 'addresses-gone', 'n1', 'quorum-edge', 'down'],
    },
  ],
  [
    'a node from which others suffer as one that is lost, the newest first; one from which nobody does behind what is degraded',
    {
      services: [
        suffersFrom('n1'),
        service('lost_a', 'degraded', 1_000, [on('n3', 'lost')]),
        service('degraded', 'degraded'),
        service('pending', 'pending'),
      ],
      nodes: [full('n1'), full('n2'), down('n3', 2_000)],
      expected: ['n3', 'n1', 'degraded', 'n2', 'pending'],
    },
  ],
  [
    'a node that nobody can read after all that is known to be bad',
    {
      services: [
        service('dark', 'unknown', 1_000, [on('n1', 'unknown')]),
        service('failing', 'failing'),
        service('lost_a', 'degraded', 1_000, [on('n2', 'lost')]),
      ],
      nodes: [unread('n1'), down('n2')],
      expected: ['n2', 'failing', 'n1'],
    },
  ],
])('%s', (_what, { services = [], nodes = [], findings = [], expected }) => {
  expect(selectOverviewProblems({ services, nodes, findings }).order).toEqual(expected);
  const wall = toWallContent({ services, nodes, findings }, DEFAULT_WALL).problems;
  expect(wall.map(({ id }) => id.slice(id.indexOf(':') + 1))).toEqual(expected);
});
