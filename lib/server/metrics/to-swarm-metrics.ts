import type { NodePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Metric, Samples } from './metric.ts';

/** Nodes are shown up to here, managers first. */
export const MAX_NODES = 1_000;

/** What is so of the swarm, its managers and its nodes now. */
export function toSwarmMetrics({ name, verdict, problems, quorum, nodes }: SwarmPicture): Metric[] {
  const shown = nodes
    .toSorted((a, b) => Number(b.role === 'manager') - Number(a.role === 'manager'))
    .slice(0, MAX_NODES);
  const gauge = (suffix: string, help: string, samples: Samples): Metric => ({
    name: `swarm_vitals_${suffix}`,
    help,
    kind: 'gauge',
    parts: [samples],
  });
  const perNode = (
    value: (node: NodePicture) => number,
    more?: (node: NodePicture) => Record<string, string>,
  ) => shown.map((node) => ({ labels: { ...toLabels(node), ...more?.(node) }, value: value(node) }));
  const one = (value: number): Samples => [{ labels: {}, value }];
  return [
    gauge('swarm_verdict', 'The verdict of the swarm: 1 for the one that it has.', [
      { labels: { swarm: name, verdict }, value: 1 },
    ]),
    gauge(
      'problems',
      'Things that need attention, each counted once: what a node explains counts with the node.',
      one(problems),
    ),
    gauge('managers', 'Managers that the swarm has.', one(quorum.managers)),
    gauge('managers_reachable', 'Managers that the leader reaches.', one(quorum.reachable)),
    gauge('managers_needed', 'Managers that it takes to change anything.', one(quorum.needed)),
    gauge(
      'node_info',
      'Always 1: what a node is.',
      perNode(
        () => 1,
        ({ role, availability, engineVersion }) => ({
          role,
          availability,
          engine_version: engineVersion ?? '',
        }),
      ),
    ),
    gauge(
      'node_ready',
      '1 when the managers call the node ready; else 0.',
      perNode(({ status }) => Number(status === 'ready')),
    ),
    gauge(
      'node_problem',
      '1 for each problem that the node has, by its cause; what its services suffer from it is not counted again.',
      shown.flatMap((node) =>
        node.findings
          .filter(({ level }) => level === 'problem')
          .map(({ cause }) => ({ labels: { ...toLabels(node), cause }, value: 1 })),
      ),
    ),
    gauge(
      'node_silenced',
      '1 for a node with a problem that somebody silenced; others are left out.',
      shown.filter(({ silenced }) => silenced != null).map((node) => ({ labels: toLabels(node), value: 1 })),
    ),
    gauge(
      'engine_live',
      '1 when the engine of the node is read without a gap; else 0, and its replicas are unknown.',
      perNode(({ engine }) => Number(engine.state === 'live')),
    ),
    gauge(
      'engine_state',
      'How the engine of the node is read: 1 for the state that it is in.',
      perNode(
        () => 1,
        ({ engine }) => ({ state: engine.state }),
      ),
    ),
    gauge(
      'engine_clock_skew_seconds',
      'The clock of the engine minus ours, beyond what a round trip explains.',
      perNode(({ engine }) => engine.skewMs / 1_000),
    ),
  ];
}

const OF_THE_WHOLE = [
  'managers',
  'managers_reachable',
  'managers_needed',
  'node_info',
  'engine_clock_skew_seconds',
];

/** The same for whom stacks limit: what a node is, and how many managers there are, they are not told. */
export function toSwarmMetricsApart(seen: SwarmPicture): Metric[] {
  const hidden = new Set(OF_THE_WHOLE.map((suffix) => `swarm_vitals_${suffix}`));
  return toSwarmMetrics(seen).filter(({ name }) => !hidden.has(name));
}

/** Hostnames are not unique. */
function toLabels({ id, hostname }: NodePicture): { node: string; node_id: string } {
  return { node: hostname, node_id: id };
}
