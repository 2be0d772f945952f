import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { ServiceHistory, TaskSegment } from '#lib/model/contract/history.ts';

const NAMES: Record<Cause, string> = {
  'probe-failing': 'Probes failed',
  'probe-timeout': 'Probes timed out',
  'probe-command': 'Probe cannot run',
  unhealthy: 'Unhealthy',
  'unhealthy-stuck': 'Unhealthy, and not stopped',
  'killed-for-health': 'Killed for its health',
  starting: 'Starting',
  'starting-again': 'Starting again',
  'starting-slow': 'Starting for long',
  'starting-overdue': 'Never became healthy',
  'health-check-invalid': 'Health check not valid',
  preparing: 'Preparing',
  scheduling: 'Being placed',
  'no-suitable-node': 'No suitable node',
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
      sentence: `${count} ${count === 1 ? 'task' : 'tasks'} ${describeCause(cause, count)}.`,
    }));
}

/** How tasks ended, after their number: `3 tasks` … `were killed for their health`. */
function describeCause(cause: Cause, count: number): string {
  const were = count === 1 ? 'was' : 'were';
  const their = count === 1 ? 'its' : 'their';
  switch (cause) {
    case 'killed-for-health':
      return `${were} killed for ${their} health`;
    case 'out-of-memory':
      return 'ran out of memory';
    case 'exit-code':
      return 'ended with an error';
    case 'image-missing':
      return 'had no image to run';
    case 'command-cannot-start':
    case 'probe-command':
      return 'could not start';
    case 'port-in-use':
      return 'found the port taken';
    case 'mount-missing':
      return 'had no mount';
    case 'secret-missing':
      return 'had no secret or config';
    case 'network-failed':
      return 'had no network';
    case 'container-gone':
      return `lost ${their} container`;
    case 'node-unfit':
      return `${were} on a node that no longer fits`;
    case 'disk-full':
      return 'found a full disk';
    case 'host-limit':
      return 'found a node at its limits';
    case 'log-driver':
      return 'had no log driver';
    case 'plugin-missing':
      return 'had no plugin';
    case 'device-missing':
      return 'had no device';
    case 'setting-refused':
      return `had a setting refused`;
    case 'runtime-failed':
      return `${were} failed by the runtime of ${their} node`;
    case 'node-down':
    case 'orphaned':
      return `${were} lost with ${their} node`;
    default:
      return 'ended';
  }
}
