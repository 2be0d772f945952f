import type { Container } from './container.ts';
import type { Probe } from './probe.ts';

/**
 * The probes of the container's present run, oldest first. Docker does not clear the log at a restart
 * (moby daemon/health.go, initHealthMonitor): older entries are another run's.
 */
export function selectRunProbes(container: Container): Probe[] {
  const { health, startedAtMs } = container;
  if (health === null) return [];
  if (startedAtMs === null) return health.probes;
  return health.probes.filter((probe) => probe.startedAtMs >= startedAtMs);
}
