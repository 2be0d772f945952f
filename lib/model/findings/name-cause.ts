import type { Cause } from '#lib/model/contract/diagnosis.ts';

const NAMES: Record<Cause, string> = {
  'probe-failing': 'Probes failed',
  'probe-timeout': 'Probes timed out',
  'probe-command': 'Probe cannot run',
  unhealthy: 'Unhealthy',
  'unhealthy-stuck': 'Unhealthy, and Swarm missed it',
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
  'exit-code': 'Exited by itself',
  ended: 'Ended',
  'crash-loop': 'Crash loop',
  'gave-up': 'Swarm gave up',
  'node-down': 'Node down',
  orphaned: 'Node down for too long',
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
