import type { FirstFramesOptions } from '#lib/live/hub/create-first-frames.ts';
import type { Hub } from '#lib/live/hub/create-hub.ts';
import type { PictureUpdate } from '#lib/live/picture-update.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toServiceHead, toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { findRole, findSwarmRole, type Scope, seesOutputs, toScopeKey } from '#lib/model/contract/scope.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { diffSwarmHead } from '#lib/model/derive/diff-picture.ts';
import { toWallChange, toWallHead, toWallPicture } from '#lib/model/derive/to-wall-picture.ts';
import { createStackLookup } from './create-stack-lookup.ts';
import { selectEvents } from './select-events.ts';
import { selectPicture, toReplicaApart } from './select-picture.ts';
import { withoutOutputs } from './without-outputs.ts';

/** Fans out what may be seen, and no more: encoded once for all who may see the same. */
export interface ScopedHubs extends Pick<Hub, 'publish' | 'publishEvents' | 'publishIncidents'> {
  open(scope: Scope, lastEventId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
  /** The picture now; the same object while nothing changed. */
  picture(scope: Scope): SwarmPicture;
  viewers(): number;
  close(): void;
}

/** What viewers begin with. */
export type Sights = Pick<FirstFramesOptions, 'picture' | 'recentEvents' | 'openIncidents'>;

interface View {
  scope: Scope;
  hub: Hub;
  /** What its viewers know. */
  known: Known;
  /** So many are on their way in: drawing what they begin with may publish. */
  opening: number;
}

interface Known {
  head: SwarmHead;
  serviceIds: Set<string>;
  nodeIds: Set<string>;
}

const NO_EVENTS: readonly SwarmEvent[] = [];
/** Of so many scopes the picture is kept until it changes. */
const MAX_KEPT = 32;

/**
 * Views are made when somebody looks, and forgotten with the first change after the last one left.
 *
 * @param whole what there is to see
 * @param makeHub a hub of its own, whose viewers begin with these
 */
export function createScopedHubs(whole: Sights, makeHub: (own: Sights, scope: Scope) => Hub): ScopedHubs {
  const views = new Map<string, View>();
  const kept = new Map<string, { of: SwarmPicture; own: SwarmPicture }>();
  const stackOf = createStackLookup(whole.picture);

  function picture(scope: Scope): SwarmPicture {
    const key = toScopeKey(scope);
    const of = whole.picture();
    const known = kept.get(key);
    if (known?.of === of) return known.own;
    const own = toOwnPicture(of, scope);
    kept.delete(key);
    kept.set(key, { of, own });
    for (const oldest of kept.keys()) if (kept.size > MAX_KEPT) kept.delete(oldest);
    return own;
  }

  function toOwn(scope: Scope): Sights {
    const swarmRole = scope.isWall ? null : findSwarmRole(scope);
    let recent: { of: readonly SwarmEvent[]; own: readonly SwarmEvent[] } | null = null;
    return {
      picture: () => picture(scope),
      recentEvents() {
        if (scope.isWall) return NO_EVENTS;
        const of = whole.recentEvents();
        if (recent?.of !== of) recent = { of, own: selectEvents(of, scope, stackOf) };
        return recent.own;
      },
      openIncidents() {
        const open = swarmRole === null ? null : whole.openIncidents();
        return open === null || seesOutputs(swarmRole) ? open : withoutOutputs(open);
      },
    };
  }

  function publish({ scope, hub, known }: View, update: PictureUpdate): void {
    const changes =
      findSwarmRole(scope) === null
        ? selectChanges(update, scope, known)
        : toOwnChanges(update.changes, update.picture, scope);
    hub.publish({ ...update, changes: scope.isWall ? changes.map(toWallChange) : changes });
  }

  return {
    publish(update) {
      for (const [key, view] of views) {
        if (view.hub.viewers() + view.opening > 0) publish(view, update);
        else {
          views.delete(key);
          view.hub.close();
        }
      }
    },
    publishEvents(events) {
      for (const { scope, hub } of views.values()) {
        const own = scope.isWall ? [] : selectEvents(events, scope, stackOf);
        if (own.length > 0) hub.publishEvents(own);
      }
    },
    publishIncidents() {
      for (const { hub } of views.values()) hub.publishIncidents();
    },
    open(scope, lastEventId, signal) {
      const key = toScopeKey(scope);
      let view = views.get(key);
      if (view === undefined) {
        const hub = makeHub(toOwn(scope), scope);
        view = { scope, hub, known: toKnown(selectPicture(whole.picture(), scope), scope), opening: 0 };
        views.set(key, view);
      }
      view.opening += 1;
      try {
        return view.hub.open(lastEventId, signal);
      } finally {
        view.opening -= 1;
      }
    },
    picture,
    viewers: () => [...views.values()].reduce((sum, { hub }) => sum + hub.viewers(), 0),
    close() {
      for (const { hub } of views.values()) hub.close();
      views.clear();
    },
  };
}

/** As much of a picture as may be seen. */
export function toOwnPicture(picture: SwarmPicture, scope: Scope): SwarmPicture {
  const selected = selectPicture(picture, scope);
  return scope.isWall ? toWallPicture(selected) : selected;
}

/** For who sees the swarm as a whole: the same changes, with as much in each as their role shows. */
function toOwnChanges(changes: readonly Change[], { services }: SwarmPicture, scope: Scope): Change[] {
  const swarmRole = findSwarmRole(scope);
  if (seesOutputs(swarmRole)) return [...changes];
  const hasMore = scope.rights.some(({ stacks, role }) => stacks !== null && seesOutputs(role));
  const stackOf = new Map(hasMore ? services.map(({ id, stack }) => [id, stack]) : []);
  return changes.map((change) => toOwnChange(change, scope, (id) => stackOf.get(id) ?? null));
}

function toOwnChange(change: Change, scope: Scope, stackOf: (serviceId: string) => string | null): Change {
  const role =
    change.kind === 'service'
      ? findRole(scope, change.service.stack)
      : change.kind === 'replica'
        ? findRole(scope, stackOf(change.serviceId))
        : findSwarmRole(scope);
  return seesOutputs(role) ? change : withoutOutputs(change);
}

function toKnown(own: SwarmPicture, { isWall }: Scope): Known {
  const head = toSwarmHead(own);
  return {
    head: isWall ? toWallHead(head) : head,
    serviceIds: new Set(own.services.map(({ id }) => id)),
    nodeIds: new Set(own.nodes.map(({ id }) => id)),
  };
}

/** What of an update concerns these stacks; a service that left them is gone. `known` is kept up to date. */
function selectChanges({ picture, changes }: PictureUpdate, scope: Scope, known: Known): Change[] {
  const own = selectPicture(picture, scope);
  const now = toKnown(own, scope);
  const services = new Map(own.services.map((service) => [service.id, service]));
  const nodes = new Map(own.nodes.map((node) => [node.id, node]));
  const selected = diffSwarmHead(known.head, now.head);
  // Whose stack has changed comes, or goes, as a whole.
  for (const service of own.services)
    if (!known.serviceIds.has(service.id)) {
      selected.push({ kind: 'service', service: toServiceHead(service) });
      for (const replica of service.replicas)
        selected.push({ kind: 'replica', serviceId: service.id, replica });
    }
  for (const id of known.serviceIds)
    if (!now.serviceIds.has(id)) selected.push({ kind: 'service-gone', serviceId: id });
  for (const change of changes)
    switch (change.kind) {
      case 'node': {
        const node = nodes.get(change.node.id);
        if (node !== undefined && known.nodeIds.has(node.id)) selected.push({ kind: 'node', node });
        break;
      }
      case 'service': {
        const service = services.get(change.service.id);
        if (service !== undefined) selected.push({ kind: 'service', service: toServiceHead(service) });
        break;
      }
      case 'replica': {
        const service = services.get(change.serviceId);
        if (service === undefined) break;
        const apart = { ...change, replica: toReplicaApart(change.replica) };
        selected.push(seesOutputs(findRole(scope, service.stack)) ? apart : withoutOutputs(apart));
        break;
      }
      case 'replica-gone':
        if (services.has(change.serviceId)) selected.push(change);
        break;
      case 'swarm':
      case 'sources':
      case 'node-gone':
      case 'service-gone':
        break;
    }
  // Nodes come and go with the services that are on them: of one that has none of them nothing more is sent.
  for (const node of own.nodes) if (!known.nodeIds.has(node.id)) selected.push({ kind: 'node', node });
  for (const nodeId of known.nodeIds)
    if (!now.nodeIds.has(nodeId)) selected.push({ kind: 'node-gone', nodeId });
  Object.assign(known, now);
  return selected;
}
