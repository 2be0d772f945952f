import type { ContainerHealth, ContainerState } from './container.ts';
import type { HealthCheck } from './health-check.ts';

/** A port of a container on its node: `null`: not bound there. */
export interface ContainerPort {
  address: string | null;
  published: number | null;
  target: number;
  protocol: 'tcp' | 'udp' | 'sctp';
}

/** A container that runs and that Swarm did not make, as `docker ps` shows it. It is in no service's counts. */
export interface PlainContainer {
  id: string;
  name: string;
  image: string;
  /** A state that this version does not know is kept as `unknown`: never guessed. */
  state: ContainerState | 'unknown';
  createdAtMs: number | null;
  startedAtMs: number | null;
  /** `null`: it has no health check. */
  health: ContainerHealth | null;
  healthCheck: HealthCheck | null;
  ports: ContainerPort[];
  /** Its engine did not tell more than its list has: streak and probes are not known. */
  isListedOnly: boolean;
}
