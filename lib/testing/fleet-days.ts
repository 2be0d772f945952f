import type { FleetPicture } from '#lib/model/contract/fleet.ts';
import {
  buildBadSwarm,
  buildFleet,
  buildFleetEvent,
  buildFleetProblem,
  buildFleetSwarm,
  buildSilentSwarm,
  countStatuses,
} from './build-fleet.ts';

const LONG = 'a-swarm-whose-name-is-as-long-as-anybody-may-write-one-60-ch';

/** Days that a page of several swarms has to be right on: of tests, and of pictures that somebody looks at. */
export function buildFleetDays(atMs: number): Record<string, FleetPicture> {
  const well = ['prod-eu', 'prod-us', 'prod-ap', 'batch', 'edge-fra', 'lab', 'staging'].map((name, at) =>
    buildFleetSwarm(name, {
      services: { total: 38 - 4 * at, well: 38 - 4 * at, unknown: 0, changing: 0 },
      replicas: {
        desired: 250 - 30 * at,
        healthy: 250 - 30 * at,
        byStatus: countStatuses({ healthy: 240 - 30 * at, running: 10 }),
      },
    }),
  );
  const lost = buildFleetProblem({
    ...{
      id: 'node:n5',
      kind: 'node',
      name: 'docker05',
      verdict: 'degraded',
      nodeState: 'down',
      counts: null,
    },
    sentence: 'The node is down: heartbeat failure. 9 replicas are missing.',
    evidence: { label: 'Swarm says', text: 'heartbeat failure\nwaiting: data_kafka.1, ml_features.2' },
    sinceMs: atMs - 244_000,
    cells: [],
    replicas: 0,
  } as const);
  const checkout = buildFleetProblem({
    id: 'service:checkout',
    name: 'shop_checkout',
    counts: '3 of 5 replicas healthy',
    sentence:
      'Replica 2 is at 97 % of its memory limit and fails its probes; port 8080 is refused on docker03.',
    evidence: { label: 'GET /healthz timed out after 3 s', text: 'curl: (28) Operation timed out' },
    cells: ['failing', 'starting', 'healthy', 'healthy', 'healthy'],
    sinceMs: atMs - 150_000,
  });
  const kafka = buildFleetProblem({
    ...{ id: 'service:kafka', name: 'data_kafka', verdict: 'pending', counts: '2 of 3 replicas healthy' },
    sentence: 'Replica 1 waits for a node: host-mode port already in use on 6 nodes.',
    cells: ['pending', 'healthy', 'healthy'],
    replicas: 3,
    sinceMs: atMs - 244_000,
  });
  const eu = buildFleetSwarm('prod-eu', {
    verdict: 'degraded',
    sentence: '2 services need attention, docker05 is down: 9 replicas are missing',
    problems: 3,
    services: { total: 38, well: 36, unknown: 0, changing: 0 },
    replicas: {
      desired: 251,
      healthy: 247,
      byStatus: countStatuses({ healthy: 232, running: 15, starting: 1, failing: 1, pending: 2 }),
    },
    nodes: { total: 8, ready: 7, notReady: 'docker05' },
    worst: [lost, checkout, kafka],
  });
  const us = buildBadSwarm('prod-us', {
    name: 'api_gateway',
    sinceMs: atMs - 12_000,
    counts: '5 of 6 replicas healthy',
    sentence:
      'Replica 4 on us-node-11 failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it.',
  });
  const batch = buildBadSwarm('batch', {
    ...{
      name: 'ml_trainer',
      verdict: 'pending',
      counts: '0 of 2 replicas running',
      cells: ['pending', 'pending'],
    },
    sentence: 'No node can take it: insufficient memory on 6 nodes.',
    evidence: { label: 'Swarm says', text: 'no suitable node (insufficient resources on 6 nodes)' },
    replicas: 2,
    sinceMs: atMs - 4_260_000,
  });
  const staging = buildFleetSwarm(
    'staging',
    { services: { total: 41, well: 40, unknown: 0, changing: 0 } },
    { state: 'silent', heardAtMs: atMs - 689_000, reason: 'It does not answer (ECONNREFUSED).' },
  );
  const edge = buildFleetSwarm('edge-fra', {
    verdict: 'updating',
    sentence: 'No service needs attention, 1 changing',
    services: { total: 9, well: 9, unknown: 0, changing: 1 },
    engines: ['29.1.0', '28.5.2'],
  });
  const events = [
    buildFleetEvent('prod-eu', {
      id: 9,
      atMs: atMs - 3_000,
      text: 'shop_checkout.2 failed 2 of 3 probes (timed out after 3 s).',
      serviceName: 'shop_checkout',
    }),
    buildFleetEvent('prod-us', {
      id: 9,
      atMs: atMs - 12_000,
      text: 'api_gateway.4 failed 1 of 3 probes (exit 1).',
      serviceName: 'api_gateway',
    }),
    buildFleetEvent('prod-eu', {
      id: 8,
      atMs: atMs - 244_000,
      kind: 'node',
      level: 'bad',
      text: 'docker05 is down.',
      serviceName: null,
      hostname: 'docker05',
    }),
    buildFleetEvent(LONG, { id: 8, atMs: atMs - 644_000, level: 'good', text: 'web.1 is healthy again.' }),
  ];
  const quiet = buildFleetSwarm('prod-ap');
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const name = `cluster-${String(at + 1).padStart(2, '0')}`;
      if (at % 9 === 4) return buildBadSwarm(name, { sinceMs: atMs - 60_000 * at });
      if (at % 17 === 7)
        return buildFleetSwarm(
          name,
          {},
          { state: 'silent', heardAtMs: atMs - 900_000, reason: 'It does not answer (ECONNREFUSED).' },
        );
      return buildFleetSwarm(name);
    });
  return {
    calm: buildFleet(well, events.slice(3)),
    bad: buildFleet([quiet, eu, us, batch, staging, edge, buildFleetSwarm('lab')], events),
    silent: buildFleet([...well.slice(0, 6), staging]),
    'all-silent': buildFleet([
      staging,
      buildSilentSwarm('never', null),
      buildFleetSwarm(
        'prod-eu',
        {},
        { state: 'silent', heardAtMs: atMs - 60_000, reason: 'It has said nothing for some seconds.' },
      ),
    ]),
    twenty: buildFleet(many(20), events),
    fifty: buildFleet(many(50), events),
    long: buildFleet(
      [
        buildBadSwarm(LONG, { sinceMs: atMs - 9_000, name: 'b'.repeat(63) }),
        quiet,
        buildSilentSwarm(`${LONG}x`),
      ],
      events,
    ),
    updating: buildFleet([edge, quiet]),
    one: buildFleet([quiet]),
    none: buildFleet([]),
  };
}
