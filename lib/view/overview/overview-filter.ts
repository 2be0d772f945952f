import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isProblem, isTroubled } from '#lib/model/status/severity.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { tallyReplicas } from './summary.ts';

/** Which services the overview shows; `null` and the empty text ask for nothing. */
export interface OverviewFilter {
  /** Some of the name, the stack or the image, or a port, an address or a network: `:8080`, `10.0.1.7`, `shop_backend`. */
  text: string;
  /** Services with a replica of this status. */
  status: ReplicaStatus | null;
  /** The stack's name; `-` for services without one. */
  stack: string | null;
  /** Services with a replica on the node of this hostname or id. */
  node: string | null;
  /** Some of the image. */
  image: string;
  problems: boolean;
}

/** As addresses carry it. */
export interface FilterParams {
  get(name: string): string | null;
}

const MAX_CHARS = 200;

/** A filter from an address; what makes no sense asks for nothing. */
export function parseFilter(params: FilterParams): OverviewFilter {
  const read = (name: string) => (params.get(name) ?? '').trim().slice(0, MAX_CHARS);
  const status = REPLICA_STATUSES.find((one) => one === read('status')) ?? null;
  return {
    text: read('q'),
    status,
    stack: read('stack') || null,
    node: read('node') || null,
    image: read('image'),
    problems: read('problems') === '1',
  };
}

/** The address of the overview, or of another page that filters alike, with this filter. */
export function formatFilter(filter: OverviewFilter, page = '/'): string {
  const query = formatQuery(filter);
  return toPath(query === '' ? page : `${page}?${query}`);
}

/** Does it ask for anything? */
export function isFiltering(filter: OverviewFilter): boolean {
  return formatQuery(filter) !== '';
}

function formatQuery({ text, status, stack, node, image, problems }: OverviewFilter): string {
  const params = new URLSearchParams();
  if (text.trim() !== '') params.set('q', text.trim());
  if (problems) params.set('problems', '1');
  if (status !== null) params.set('status', status);
  if (stack !== null) params.set('stack', stack);
  if (node !== null) params.set('node', node);
  if (image.trim() !== '') params.set('image', image.trim());
  return params.toString();
}

function hasProblem(service: ServicePicture): boolean {
  if (isProblem(service.verdict) || service.verdict === 'unknown') return true;
  const { byStatus } = tallyReplicas(service);
  return REPLICA_STATUSES.some((status) => byStatus[status] > 0 && isTroubled(status));
}

/**
 * The ids of the services that answer to every part of the filter.
 * @param placed those that have the port or the address, or are on the network, that its text is
 */
export function filterServices(
  services: readonly ServicePicture[],
  filter: OverviewFilter,
  placed: ReadonlySet<string> | null,
): Set<string> {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const image = filter.image.toLowerCase();
  const answers = (service: ServicePicture) => {
    if (filter.stack !== null && (service.stack ?? '-') !== filter.stack) return false;
    if (filter.problems && !hasProblem(service)) return false;
    if (filter.status !== null && tallyReplicas(service).byStatus[filter.status] === 0) return false;
    if (image !== '' && !service.image.toLowerCase().includes(image)) return false;
    const text = `${service.name} ${service.stack ?? ''} ${service.image}`.toLowerCase();
    if (placed?.has(service.id) !== true && !words.every((word) => text.includes(word))) return false;
    const { node } = filter;
    return node === null || service.replicas.some((one) => one.hostname === node || one.nodeId === node);
  };
  return new Set(services.filter(answers).map(({ id }) => id));
}
