import type { Change } from '#lib/model/contract/change.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toWallChange, toWallPicture } from '#lib/model/derive/to-wall-picture.ts';
import type { Hub } from './create-hub.ts';
import type { PictureUpdate } from './picture-update.ts';

/** The stacks that a screen's token opens; `null`: all of them. A service without a stack is in none. */
export type WallStacks = readonly string[] | null;

/** Fans out to screens what a wall draws, and no more: encoded once for all screens with the same stacks. */
export interface WallHubs {
  publish(update: PictureUpdate): void;
  open(stacks: WallStacks, lastEventId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
  viewers(): number;
  close(): void;
}

interface View {
  hub: Hub;
  /** Ids of the services that its viewers know. */
  known: Set<string>;
}

/**
 * Views are made when somebody looks, and forgotten with the first change after the last one left.
 *
 * @param makeHub a hub of its own, whose viewers begin with this picture
 */
export function createWallHubs(
  picture: () => SwarmPicture,
  makeHub: (picture: () => SwarmPicture) => Hub,
): WallHubs {
  const views = new Map<string, View>();

  function publish({ hub, known }: View, stacks: WallStacks, update: PictureUpdate): void {
    const changes = stacks === null ? update.changes : selectChanges(update, stacks, known);
    hub.publish({ ...update, changes: changes.map(toWallChange) });
  }

  return {
    publish(update) {
      for (const [key, view] of views) {
        if (view.hub.viewers() > 0) publish(view, parseKey(key), update);
        else {
          views.delete(key);
          view.hub.close();
        }
      }
    },
    open(stacks, lastEventId, signal) {
      const key = toKey(stacks);
      let view = views.get(key);
      if (view === undefined) {
        const own = () => toWallPicture(selectPicture(picture(), stacks));
        const known = new Set(selectServices(picture().services, stacks).map(({ id }) => id));
        view = { hub: makeHub(own), known };
        views.set(key, view);
      }
      return view.hub.open(lastEventId, signal);
    },
    viewers: () => [...views.values()].reduce((sum, { hub }) => sum + hub.viewers(), 0),
    close() {
      for (const { hub } of views.values()) hub.close();
      views.clear();
    },
  };
}

const toKey = (stacks: WallStacks) => JSON.stringify(stacks && [...stacks].sort());
const parseKey = (key: string) => JSON.parse(key) as WallStacks;

function selectServices(services: readonly ServicePicture[], stacks: WallStacks): readonly ServicePicture[] {
  return stacks === null
    ? services
    : services.filter(({ stack }) => stack !== null && stacks.includes(stack));
}

function selectPicture(picture: SwarmPicture, stacks: WallStacks): SwarmPicture {
  if (stacks === null) return picture;
  const services = [...selectServices(picture.services, stacks)];
  const nodeIds = new Set(services.flatMap(({ replicas }) => replicas.map(({ nodeId }) => nodeId)));
  return { ...picture, services, nodes: picture.nodes.filter(({ id }) => nodeIds.has(id)) };
}

/** What of an update concerns these stacks; a service that left them is gone. `known` is kept up to date. */
function selectChanges(
  { picture, changes }: PictureUpdate,
  stacks: WallStacks,
  known: Set<string>,
): Change[] {
  const own = selectPicture(picture, stacks);
  const now = new Set(own.services.map(({ id }) => id));
  const nodes = new Set(own.nodes.map(({ id }) => id));
  const selected: Change[] = [];
  // Whose stack has changed comes, or goes, as a whole.
  for (const service of own.services)
    if (!known.has(service.id)) {
      const { replicas, ...head } = service;
      selected.push({ kind: 'service', service: head });
      for (const replica of replicas) selected.push({ kind: 'replica', serviceId: service.id, replica });
    }
  for (const id of known) if (!now.has(id)) selected.push({ kind: 'service-gone', serviceId: id });
  for (const change of changes)
    switch (change.kind) {
      case 'swarm':
      case 'node-gone':
        selected.push(change);
        break;
      case 'node':
        if (nodes.has(change.node.id)) selected.push(change);
        break;
      case 'service':
        if (now.has(change.service.id)) selected.push(change);
        break;
      case 'replica':
      case 'replica-gone':
        if (now.has(change.serviceId)) selected.push(change);
        break;
      case 'service-gone':
        break;
    }
  // A node that one of these services is on now is told with it.
  const hosts = new Set(selected.map((change) => (change.kind === 'replica' ? change.replica.nodeId : null)));
  for (const node of own.nodes) if (hosts.has(node.id)) selected.push({ kind: 'node', node });
  known.clear();
  for (const id of now) known.add(id);
  return selected;
}
