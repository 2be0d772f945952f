import type { FindingCause } from '#lib/model/contract/finding.ts';

/** Of what a problem may be and no step of the walk provokes, and no case lays: where else it is made, or why it is nowhere. */
export const NOT_WALKED: Readonly<Partial<Record<FindingCause, string>>> = {
  'probes-flapping':
    'Takes as long as its window of probes. Units, and `npm run demo`, which has one at any moment.',
  'unhealthy-stuck':
    'Made by stopping a shim: `shim-hung` of the lab’s cases, whose node is the root then (`walk-runtime`).',
  'starting-slow': 'Takes longer than a service ever took to start. Units; a service’s own, like others.',
  'starting-overdue': 'Takes longer than its start period and retries. Units; a service’s own, like others.',
  'container-gone': 'The end of a task, like others: units.',
  'gave-up': 'The restart policy’s last word on a crash loop (`walk-loop`): `causes.spec`.',
  orphaned: 'Swarm calls a task so a day after its node was lost.',
  'rollback-paused': 'As `update-paused`, of the way back: units.',
  'tasks-unlisted': 'A manager’s answer that cannot be: real ones give none. Units.',
  'node-mesh': 'Without IPVS the lab has no routing mesh: `port-checks.spec`, and the demo.',
  'node-swarm-ports': 'Without IPVS the lab has no routing mesh: units.',
  'port-cut': 'Needs agents on a routing mesh: `port-checks.spec`, and the demo.',
  'port-partly': 'Needs a routing mesh: units, and the demo.',
  'port-wrong': 'Asked for by a label alone: `port-checks.spec`.',
  'source-lost': 'Of a relay alone, whose source is away: `relay.spec`.',
};

/** Never a problem: what is merely worth knowing, or expected, begins no incident. */
export const NO_PROBLEMS: readonly FindingCause[] = [
  'preparing',
  'scheduling',
  'stopping',
  'complete',
  'memory-near-limit',
  'cpu-throttled',
  'pids-near-limit',
  'clock-off',
  'node-unreached',
  'nodes-unreached',
  'update-rolled-back',
  'name-flips',
  'update-unclosed',
  'check-missing',
  'slo-unreadable',
  'builds-differ',
  'check-flawed',
  'check-slow',
  'probe-complains',
  'process-out-of-memory',
  'others-done',
  'port-unowned',
  'port-untaken',
  'check-unreadable',
  'nodes-left',
  'root-rotating',
  'addresses-few',
  'networks-unlisted',
  'failing-together',
];
