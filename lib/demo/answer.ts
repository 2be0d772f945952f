import { ApiError } from './api-error.ts';
import { listContainers } from './list-containers.ts';
import { listNodes, listServices, listTasks } from './list-swarm.ts';
import type { Target } from './parse-target.ts';
import { toInspectJson } from './to-container-json.ts';
import { toInfo } from './to-info.ts';
import { toVersion } from './to-version.ts';
import type { SimContainer, SimNode, World } from './world.ts';

const NOT_A_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

/**
 * The JSON with which an engine answers a GET.
 *
 * @throws ApiError as a real one would answer
 */
export function answer(world: World, node: SimNode, { path, query, apiVersion }: Target): string {
  const [, kind = '', id, sub] = path.split('/');
  if (path === '/version') return JSON.stringify(toVersion(node));
  if (path === '/info') return JSON.stringify(toInfo(world, node));
  if (path === '/containers/json') return listContainers(world, node, { query, apiVersion });
  if (kind === 'containers' && id !== undefined && sub === 'json') {
    return JSON.stringify(toInspectJson(world, findContainer(node, id)));
  }
  if (kind === 'nodes' || kind === 'services' || kind === 'tasks') {
    if (!node.manager) throw new ApiError(503, NOT_A_MANAGER);
    const list = { nodes: listNodes, services: listServices, tasks: listTasks }[kind];
    if (id === undefined) return list(world, query);
    if (sub === undefined) return one(list(world, new URLSearchParams()), kind, id);
  }
  throw new ApiError(404, 'page not found');
}

/** By its id or the beginning of it. */
export function findContainer(node: SimNode, id: string): SimContainer {
  const found = node.containers.get(id);
  if (found) return found;
  const similar = [...node.containers.keys()].filter((known) => id.length >= 4 && known.startsWith(id));
  const container = similar.length === 1 ? node.containers.get(similar[0] ?? '') : undefined;
  if (!container) throw new ApiError(404, `No such container: ${id}`);
  return container;
}

function one(list: string, kind: string, id: string): string {
  const items = JSON.parse(list) as { ID: string; Spec: { Name?: string } }[];
  const item = items.find(({ ID, Spec }) => ID === id || Spec.Name === id);
  if (!item) throw new ApiError(404, `${kind.slice(0, -1)} ${id} not found`);
  return JSON.stringify(item);
}
