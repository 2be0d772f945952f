import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { EndCause } from '#lib/model/contract/finding-facts.ts';
import type { ServiceHistory, TaskSegment } from '#lib/model/contract/history.ts';

const NAMES: Record<Cause, string> = {
  'probe-failing': 'Probes failed',
  'probe-timeout': 'Probes timed out',
  'probe-command': 'Probe cannot run',
  'probes-flapping': 'Probes flapping',
  unhealthy: 'Unhealthy',
  'unhealthy-stuck': 'Unhealthy, and not stopped',
  'killed-for-health': 'Killed for its health',
  starting: 'Starting',
  'starting-again': 'Starting again',
  'starting-after-loss': 'Not up again',
  'starting-slow': 'Starting for long',
  'starting-overdue': 'Never became healthy',
  'health-check-invalid': 'Health check not valid',
  preparing: 'Preparing',
  scheduling: 'Being placed',
  'no-suitable-node': 'No suitable node',
  'no-address': 'No address left',
  'image-missing': 'Image missing',
  'command-cannot-start': 'Command cannot start',
  'out-of-memory': 'Out of memory',
  'port-in-use': 'Port in use',
  'mount-missing': 'Mount missing',
  'secret-missing': 'Secret or config missing',
  'network-failed': 'Network failed',
  'container-gone': 'Container gone',
  'node-unfit': 'Node no longer fits',
  'disk-full': 'Disk full',
  'host-limit': 'Node at its limits',
  'log-driver': 'Log driver failed',
  'plugin-missing': 'Plugin missing',
  'device-missing': 'Device missing',
  'setting-refused': 'Setting refused',
  'runtime-failed': 'Runtime failed',
  'probe-engine': 'Engine cannot probe',
  'exit-code': 'Exited by itself',
  ended: 'Ended',
  'crash-loop': 'Crash loop',
  'gave-up': 'Swarm gave up',
  'node-down': 'Node down',
  orphaned: 'Node down for too long',
  'allocating-stuck': 'Waits for an address',
  'scheduling-stuck': 'Waits for the scheduler',
  'assigned-stuck': 'Not taken by its node',
  'preparing-stuck': 'Preparing for too long',
  'waiting-stuck': 'Waits for too long',
  'starting-stuck': 'Start hangs',
  'start-missed': 'Healthy, and Swarm missed it',
  'stopping-stuck': 'Does not stop',
  'probe-overdue': 'No probe for too long',
  'container-missing': 'Container missing',
  'node-gone': 'Node gone',
  'engine-unread': 'Engine not read',
  'container-unread': 'Container not read',
  'health-unread': 'Health not read',
  'state-unknown': 'State not known',
  'memory-near-limit': 'Memory near its limit',
  'cpu-throttled': 'Throttled',
  'pids-near-limit': 'Processes near their limit',
  paused: 'Paused',
  stopping: 'Stopping',
  complete: 'Finished',
};

/** A cause in two to four words, as it begins a line: `Killed for its health`. */
export function nameCause(cause: Cause): string {
  // Another server's build may know one more.
  return NAMES[cause] ?? 'Ended';
}

/** Tasks that ended badly, counted by cause, most first. */
export function countCauses(badEnds: readonly TaskSegment[]): ServiceHistory['restartsByCause'] {
  const counts = new Map<Cause, number>();
  for (const { end } of badEnds) if (end?.cause) counts.set(end.cause, (counts.get(end.cause) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([cause, count]) => ({
      cause,
      count,
      sentence: `${count} ${count === 1 ? 'task' : 'tasks'} ${(ENDS[cause] ?? ENDS.ended)(count)}.`,
    }));
}

type Ends = (count: number) => string;

const was = (count: number) => (count === 1 ? 'was' : 'were');
const its = (count: number) => (count === 1 ? 'its' : 'their');
const lostWithNode: Ends = (count) => `${was(count)} lost with ${its(count)} node`;
const couldNotStart: Ends = () => 'could not start';

/** How tasks ended, after their number: `3 tasks` … `were killed for their health`. Others have no end of their own. */
const ENDS: Readonly<Record<EndCause, Ends> & Partial<Record<Cause, Ends>>> = {
  'killed-for-health': (count) => `${was(count)} killed for ${its(count)} health`,
  'out-of-memory': () => 'ran out of memory',
  'exit-code': () => 'ended with an error',
  'image-missing': () => 'had no image to run',
  'command-cannot-start': couldNotStart,
  'probe-command': couldNotStart,
  'port-in-use': () => 'found the port taken',
  'mount-missing': () => 'had no mount',
  'secret-missing': () => 'had no secret or config',
  'network-failed': () => 'had no network',
  'container-gone': (count) => `lost ${its(count)} container`,
  'node-unfit': (count) => `${was(count)} on a node that no longer fits`,
  'disk-full': () => 'found a full disk',
  'host-limit': () => 'found a node at its limits',
  'log-driver': () => 'had no log driver',
  'plugin-missing': () => 'had no plugin',
  'device-missing': () => 'had no device',
  'setting-refused': () => 'had a setting refused',
  'runtime-failed': (count) => `${was(count)} failed by the runtime of ${its(count)} node`,
  'node-down': lostWithNode,
  orphaned: lostWithNode,
  ended: () => 'ended',
};
