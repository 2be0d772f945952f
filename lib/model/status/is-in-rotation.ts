import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Service } from '#lib/model/docker/service.ts';

/**
 * Does the replica take the service's traffic? Inferred: it joins the service's DNS name and VIP at its first healthy
 * probe (or at its start without a check) and leaves at the start of any shutdown, the one for being unhealthy
 * included; a pause does not take it out (moby executor/container/controller.go, Start and Shutdown). Host-mode ports
 * are bound while the container runs, whatever its health. `null`: not known.
 */
export function isInRotation(
  service: Service,
  status: ReplicaStatus,
  container: Container | null,
): boolean | null {
  if (status === 'unknown' || status === 'lost') return null;
  if (container !== null && service.ports.some(({ mode }) => mode === 'host'))
    return container.state === 'running' || container.state === 'paused';
  return status === 'healthy' || status === 'failing' || status === 'running' || status === 'paused';
}
