import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { ContainerPort, PlainContainer } from '#lib/model/docker/plain-container.ts';
import { compareText } from '#lib/model/text/compare-text.ts';

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

/** `21→21/tcp, 10.0.0.5:9100→9100/tcp`, `30000-30099→30000-30099/tcp`, and `none`. Docker lists them in no order. */
export function formatContainerPorts(ports: readonly ContainerPort[]): string {
  const texts: string[] = [];
  const ranked = ports.toSorted((a, b) => compareText(toPlace(a), toPlace(b)) || a.target - b.target);
  for (let first = 0; first < ranked.length; ) {
    let next = first + 1;
    while (isNext(ranked[next - 1], ranked[next])) next += 1;
    const [from, to] = [ranked[first], ranked[next - 1]];
    if (from !== undefined && to !== undefined) texts.push(formatRange(from, to));
    first = next;
  }
  return texts.length === 0 ? 'none' : texts.join(', ');
}

/** Where it stands on the node, and for what. */
function toPlace({ address, published, protocol }: ContainerPort): string {
  const isAny = address === null || address === '0.0.0.0' || address === '::';
  return `${protocol} ${published === null ? '-' : isAny ? '' : address}`;
}

function isNext(one: ContainerPort | undefined, other: ContainerPort | undefined): boolean {
  if (one === undefined || other === undefined || toPlace(one) !== toPlace(other)) return false;
  const isPublished = one.published !== null && other.published !== null;
  return other.target === one.target + 1 && (!isPublished || other.published === (one.published ?? 0) + 1);
}

function formatRange(from: ContainerPort, to: ContainerPort): string {
  const { address, published, target, protocol } = from;
  const isOne = from === to;
  const targets = isOne ? `${target}` : `${target}-${to.target}`;
  if (published === null) return `${targets}/${protocol}`;
  const isAny = address === null || address === '0.0.0.0' || address === '::';
  const host = isAny ? '' : address.includes(':') ? `[${address}]:` : `${address}:`;
  return `${host}${isOne ? published : `${published}-${to.published}`}→${targets}/${protocol}`;
}
