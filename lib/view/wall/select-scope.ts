import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { joinNames } from '#words/lists.ts';
import * as words from '#words/pages/wall.ts';
import { NO_STACK, type WallOptions } from './wall-options.ts';

type Filters = Pick<WallOptions, 'stacks' | 'services' | 'nodes'>;

/** What a wall shows of the swarm. */
export interface WallScope {
  services: ServicePicture[];
  nodes: NodePicture[];
  /** `stack shop`, `services web-* on docker01`; `null` when it is the whole swarm. */
  title: string | null;
  /** Parts of the filter that match nothing, in words: `stack shopp`. */
  misses: string[];
}

/**
 * Applies a wall's filters: a service must pass each that is given. Of the nodes, those that are named, else those that
 * its services are on; without any filter all of them.
 */
export function selectScope(
  services: readonly ServicePicture[],
  nodes: readonly NodePicture[],
  filters: Filters,
): WallScope {
  const patterns = filters.services.map(toPattern);
  const isOn = (service: ServicePicture, hostname: string) =>
    service.replicas.some((replica) => replica.hostname === hostname);
  const kept = services.filter(
    (service) =>
      (filters.stacks.length === 0 || filters.stacks.includes(service.stack ?? NO_STACK)) &&
      (patterns.length === 0 || patterns.some((pattern) => pattern.test(service.name))) &&
      (filters.nodes.length === 0 || filters.nodes.some((hostname) => isOn(service, hostname))),
  );
  const misses = [
    ...filters.stacks
      .filter((stack) => !services.some((service) => (service.stack ?? NO_STACK) === stack))
      .map((stack) => words.scopeNames.stack(stack)),
    ...filters.services
      .filter((_, at) => !services.some((service) => patterns[at]?.test(service.name)))
      .map((name) => words.scopeNames.service(name)),
    ...filters.nodes
      .filter((hostname) => !nodes.some((node) => node.hostname === hostname))
      .map((hostname) => words.scopeNames.node(hostname)),
  ];
  return {
    services: kept,
    nodes: selectNodes(kept, nodes, filters),
    title: describeFilters(filters),
    misses,
  };
}

function selectNodes(
  services: readonly ServicePicture[],
  nodes: readonly NodePicture[],
  filters: Filters,
): NodePicture[] {
  if (filters.nodes.length > 0) return nodes.filter(({ hostname }) => filters.nodes.includes(hostname));
  if (filters.stacks.length + filters.services.length === 0) return [...nodes];
  const hostnames = new Set(services.flatMap(({ replicas }) => replicas.map(({ hostname }) => hostname)));
  return nodes.filter(({ hostname }) => hostnames.has(hostname));
}

function describeFilters({ stacks, services, nodes }: Filters): string | null {
  const parts = [
    stacks.length === 0
      ? null
      : words.scopeNames[stacks.length === 1 ? 'stack' : 'stacks'](listNames(stacks)),
    services.length === 0
      ? null
      : words.scopeNames[services.length === 1 && !services[0]?.includes('*') ? 'service' : 'services'](
          listNames(services),
        ),
    nodes.length === 0
      ? null
      : words.scopeNames[stacks.length + services.length === 0 ? 'allOn' : 'on'](listNames(nodes)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function listNames(names: readonly string[]): string {
  return names.length > 4
    ? words.andMoreNames(names.slice(0, 3).join(', '), names.length - 3)
    : joinNames(names);
}

/** `web-*` as an expression over whole names. */
function toPattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}
