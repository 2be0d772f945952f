import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { ContainerPort, PlainContainer } from '#lib/model/docker/plain-container.ts';

/** The word for how a plain container is: the same as for a replica's, of those that it can have. */
export function decidePlainStatus({ state, health, isListedOnly }: PlainContainer): ReplicaStatus {
  if (state === 'unknown') return 'unknown';
  if (state === 'paused') return 'paused';
  if (state !== 'running') return state === 'created' || state === 'restarting' ? 'starting' : 'stopping';
  if (health === null) return 'running';
  if (health.status === 'unhealthy') return 'unhealthy';
  if (health.status === 'starting') return 'starting';
  // Docker's list says healthy all through a failing streak, which it does not tell.
  if (isListedOnly) return 'unknown';
  return health.failingStreak > 0 ? 'failing' : 'healthy';
}

/** `21→21/tcp, 10.0.0.5:9100→9100/tcp`, and `none`. */
export function formatContainerPorts(ports: readonly ContainerPort[]): string {
  const texts = ports.map(({ address, published, target, protocol }) => {
    if (published === null) return `${target}/${protocol}`;
    const isAny = address === null || address === '0.0.0.0' || address === '::';
    const host = isAny ? '' : address.includes(':') ? `[${address}]:` : `${address}:`;
    return `${host}${published}→${target}/${protocol}`;
  });
  return texts.length === 0 ? 'none' : texts.join(', ');
}
