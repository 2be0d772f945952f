import { expect, test } from 'vitest';
import { type FindingLevel, NODE_CAUSES, type NodeCause } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Source, SourceState } from '#lib/model/docker/source.ts';
import { findSwarmFindings } from '#lib/model/findings/find-swarm-findings.ts';
import { decideQuorum } from '#lib/model/status/decide-quorum.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { toListedNode } from '#lib/testing/to-listed-node.ts';
import { english, wordFindings } from '#lib/testing/word-findings.ts';
import { decideSwarmVerdict, type SwarmFacts } from './decide-swarm-verdict.ts';

const manager = (overrides: Partial<Source> = {}) => buildSource({ kind: 'manager', ...overrides });
const cut = manager({
  state: 'unreachable',
  error: 'No socket at /var/run/docker.sock: mount it, or set DOCKER_HOST.',
});
const { engine } = buildNodePicture();
const node = (
  hostname: string,
  overrides: Partial<NodePicture> = {},
  state: SourceState = overrides.status === 'down' ? 'unreachable' : 'live',
) => buildNodePicture({ id: hostname, hostname, engine: { ...engine, state }, ...overrides });
const services = (...verdicts: Verdict[]) =>
  verdicts.map((verdict, i) => buildServicePicture({ id: `svc-${i + 1}`, name: `svc-${i + 1}`, verdict }));
const on = (hostname: string, name: string, verdict: Verdict, ...statuses: ReplicaStatus[]) =>
  buildServicePicture({
    id: name,
    name,
    verdict,
    replicas: statuses.map((status, i) =>
      buildReplica({ key: String(i + 1), status, nodeId: status === 'healthy' ? 'fine' : hostname }),
    ),
  });
const noQuorum = 'The swarm does not have a leader.';

interface Situation extends Partial<Omit<SwarmFacts, 'findings'>> {
  /** For so long it has been said that there is no leader. */
  leaderlessMs?: number;
  managers?: Source[];
  swarm?: { error: string };
}

test.each<[situation: string, verdict: Verdict, sentence: string, facts: Situation]>([
  [
    'before any answer',
    'unknown',
    'Waiting for the first answer of Docker.',
    { ready: false, managers: [manager({ state: 'connecting' })] },
  ],
  ['never reached', 'unknown', `Docker cannot be reached: ${cut.error}`, { ready: false, managers: [cut] }],
  ['no services', 'idle', 'No services yet', {}],
  [
    'all healthy',
    'healthy',
    'All 3 services are healthy',
    { services: services('healthy', 'healthy', 'idle') },
  ],
  ['one service', 'healthy', 'The one service is healthy', { services: services('healthy') }],
  [
    'some without a check',
    'running',
    'All 2 services are running',
    { services: services('healthy', 'running') },
  ],
  [
    'one updating',
    'updating',
    'No service needs attention, 1 changing',
    { services: services('healthy', 'updating') },
  ],
  [
    'one starting',
    'starting',
    'No service needs attention, 1 starting',
    { services: services('healthy', 'starting') },
  ],
  ['one with a problem', 'failing', 'svc-2 needs attention', { services: services('healthy', 'failing') }],
  [
    'two with problems: the worst counts',
    'down',
    '2 services need attention',
    { services: services('pending', 'down', 'healthy') },
  ],
  [
    'a node down',
    'degraded',
    'docker05 is down',
    { services: services('healthy'), nodes: [node('docker05', { status: 'down' })] },
  ],
  [
    'a drained node down',
    'healthy',
    'The one service is healthy',
    {
      services: services('healthy'),
      nodes: [node('docker05', { status: 'down', availability: 'drain' }, 'unreachable')],
    },
  ],
  [
    'services and nodes',
    'degraded',
    '2 services need attention, 2 nodes are down',
    {
      services: services('degraded', 'unknown'),
      nodes: [node('a', { status: 'down' }), node('b', { status: 'down' })],
    },
  ],
  [
    'a node down with all that ran on it: said once',
    'down',
    'a is down: 3 replicas are missing',
    {
      services: [on('a', 'web', 'degraded', 'lost', 'healthy', 'lost'), on('a', 'api', 'down', 'lost')],
      nodes: [node('a', { status: 'down' }, 'unreachable'), node('fine')],
    },
  ],
  [
    'a node down, and a service with a problem of its own',
    'down',
    'api needs attention, a is down: 2 replicas are missing',
    {
      services: [on('a', 'web', 'degraded', 'lost', 'healthy'), on('a', 'api', 'down', 'lost', 'failed')],
      nodes: [node('a', { status: 'down' }, 'unreachable')],
    },
  ],
  [
    'an engine unreachable with all that runs on it: said once',
    'unknown',
    'The engine of a cannot be read: the health of 2 replicas is not known',
    {
      services: [on('a', 'web', 'unknown', 'unknown', 'healthy'), on('a', 'api', 'unknown', 'unknown')],
      nodes: [node('a', {}, 'unreachable')],
    },
  ],
  [
    'an engine unreachable',
    'unknown',
    'The engine of a cannot be read',
    { services: services('healthy'), nodes: [node('a', {}, 'unreachable')] },
  ],
  [
    'engines unconfigured',
    'unknown',
    'The engines of 2 nodes cannot be read',
    { services: services('healthy'), nodes: [node('a', {}, 'unconfigured'), node('b', {}, 'stale')] },
  ],
  [
    'an engine connecting',
    'healthy',
    'The one service is healthy',
    { services: services('healthy'), nodes: [node('a', {}, 'connecting')] },
  ],
  [
    'one of two managers unreachable',
    'healthy',
    'The one service is healthy',
    { services: services('healthy'), managers: [manager(), cut] },
  ],
  [
    'all managers unreachable',
    'unknown',
    `Docker cannot be reached: ${cut.error}`,
    { services: services('healthy'), managers: [cut] },
  ],
  [
    'all managers unreachable, a problem before',
    'down',
    `Docker cannot be reached: ${cut.error}`,
    { services: services('down'), managers: [cut] },
  ],
  [
    'no manager reads, and one says that there is no leader: the others may be gone',
    'degraded',
    'No quorum: too few managers are online to agree on anything. What runs goes on running, but Swarm replaces, updates and schedules nothing until more than half of them are back',
    {
      leaderlessMs: 20_000,
      services: services('healthy'),
      managers: [cut, manager({ state: 'unreachable', error: `tcp://10.0.0.1:2375: ${noQuorum}` })],
    },
  ],
  [
    'no quorum',
    'degraded',
    'No quorum: too few managers are online to agree on anything. What runs goes on running, but Swarm replaces, updates and schedules nothing until more than half of them are back',
    { leaderlessMs: 20_000, services: services('healthy'), swarm: { error: noQuorum } },
  ],
  [
    'no leader for a moment, as during an election',
    'degraded',
    'A manager answers, but not for its swarm: it has no leader, or is looking for one. What runs goes on running, but until then Swarm replaces, updates and schedules nothing',
    { leaderlessMs: 19_000, services: services('healthy'), swarm: { error: noQuorum } },
  ],
  [
    'a manager that is busy, or hangs',
    'degraded',
    'A manager takes too long to answer for its swarm: it is busy, or has no leader',
    {
      leaderlessMs: 60_000,
      services: services('healthy'),
      swarm: { error: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' },
    },
  ],
  [
    'one of three managers is lost: first that, then what it leaves',
    'degraded',
    'a is down for Swarm, but its engine answers; 2 of 3 managers reachable: one more loss and the swarm cannot be changed',
    {
      services: services('healthy'),
      nodes: ['a', 'b', 'c'].map((id) =>
        buildNodePicture({
          id,
          hostname: id,
          role: 'manager',
          ...(id === 'a'
            ? { status: 'down', reachability: 'unreachable' }
            : { status: 'ready', reachability: 'reachable' }),
        }),
      ),
    },
  ],
])('%s: %s', (_situation, verdict, sentence, facts) => {
  const { managers = [manager()], swarm, leaderlessMs = 0, ...rest } = facts;
  const error: Found<'swarm'> = {
    ...{ cause: 'swarm-error', facts: { error: 'no-leader', words: '' }, level: 'problem' },
    ...{ evidence: null, sinceMs: 0, because: null },
  };
  const all = { nodes: [], services: [], ready: true, ...rest };
  const swarmError = swarm?.error ?? null;
  const quorum = decideQuorum(all.nodes, swarmError);
  const found = findSwarmFindings({
    swarmError,
    managers,
    quorum,
    nodes: all.nodes,
    listed: all.nodes.map(toListedNode),
    rotation: null,
    previous: wordFindings('swarm', [error]),
    nowMs: leaderlessMs,
  });
  const findings = wordFindings('swarm', found);
  expect(decideSwarmVerdict({ ...all, findings }, english)).toMatchObject({ verdict, sentence });
});

const NOT_DEGRADED: Partial<Record<NodeCause, Verdict>> = {
  'manager-unreachable': 'healthy',
  'node-unknown': 'healthy',
  'engine-unread': 'unknown',
  'engine-unconfigured': 'unknown',
  'node-unreached': 'healthy',
  'clock-off': 'healthy',
  'node-not-understood': 'healthy',
  'name-flips': 'healthy',
};

test.each(NODE_CAUSES)(
  '%s of a node decides as a problem, whatever its state, and never as a notice',
  (cause) => {
    const decide = (level: FindingLevel) => {
      const subject = { kind: 'node', nodeId: 'a' } as const;
      const about = { subject, sentence: 'It is so.', evidence: null, hint: null, sinceMs: 0, because: null };
      const nodes = [node('a', { findings: [{ cause, level, ...about }] })];
      return decideSwarmVerdict({ findings: [], nodes, services: services('healthy'), ready: true }, english);
    };
    const verdict = NOT_DEGRADED[cause] ?? 'degraded';
    expect(decide('problem').verdict).toBe(verdict);
    expect(decide('problem').problems).toBe(verdict === 'healthy' || cause === 'engine-unconfigured' ? 0 : 1);
    expect(decide('notice')).toMatchObject({ verdict: 'healthy', problems: 0 });
  },
);
