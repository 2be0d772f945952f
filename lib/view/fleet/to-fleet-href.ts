import type { FleetEvent, FleetProblem } from '#lib/model/contract/fleet.ts';
import { toEventSubjectHref } from '#lib/view/events/event.ts';
import { toNodeHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toOwnPath, toPath, toSwarmPath } from '#lib/view/links/to-path.ts';

/** The page of a problem in its own swarm. */
export function toFleetProblemHref(swarm: string, { kind, id, name }: FleetProblem): string {
  return toSwarmPath(swarm, toOwnPath(toHref()));

  function toHref(): string {
    if (kind === 'service') return toServiceHref(name);
    // By id: hostnames are not unique.
    return kind === 'node' ? toNodeHref(id.slice('node:'.length)) : toPath('/');
  }
}

/** Where an event is looked at, in its own swarm. */
export function toFleetEventHref(event: FleetEvent): string {
  const { swarm, hostname } = event;
  const href = toEventSubjectHref(event) ?? (hostname === null ? toPath('/events') : toNodeHref(hostname));
  return toSwarmPath(swarm, toOwnPath(href));
}

/** The page of another swarm that is of the kind of `ownPath`: its services for a service, its nodes for a node. */
export function toSameKind(ownPath: string): string {
  const [, first = ''] = ownPath.split(/[/?#]/);
  return KINDS.has(first) ? `/${first}` : '/';
}

const KINDS: ReadonlySet<string> = new Set([
  'events',
  'incidents',
  'matrix',
  'nodes',
  'reports',
  'timeline',
  'wall',
]);
