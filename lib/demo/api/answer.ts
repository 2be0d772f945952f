import { project, type Shape } from '#lib/agent/project.ts';
import { CONTAINER, SUMMARY, VERSION } from '#lib/agent/shapes.ts';
import type { SimContainer, SimNode, World } from '#lib/demo/world.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';
import { ApiError } from './api-error.ts';
import { findSwarmError } from './leaderless.ts';
import { listNodes, listServices, listTasks } from './list-swarm.ts';
import { matchesLabels, parseFilters } from './parse-filters.ts';
import type { Target } from './parse-target.ts';
import { inspectPlain, listPlainContainers } from './plain-containers.ts';
import { toInspectJson, toListedJson } from './to-container-json.ts';
import { toInfo } from './to-info.ts';
import { toLabels, toTaskName } from './to-labels.ts';
import { listNetworks } from './to-network-json.ts';
import { toStatsJson } from './to-stats-json.ts';

const NOT_A_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

/**
 * The JSON with which an engine answers a GET.
 *
 * @param how.swarmError why it cannot say how its swarm is
 * @param how.isAgent as the agent in front of it would: of what containers are, what goes on from there, and plain
 * @throws ApiError as a real one would answer
 */
export function answer(
  world: World,
  node: SimNode,
  { path, query, apiVersion }: Target,
  { swarmError = findSwarmError(world, node), isAgent }: { swarmError?: string | null; isAgent: boolean },
): string {
  const [, kind = '', id, sub] = path.split('/');
  const show = (raw: object, shape: Shape) => (isAgent ? project(raw, shape) : raw);
  if (path === '/version')
    return JSON.stringify({
      ...show(toVersion(node), VERSION),
      ...(isAgent ? { VitalsAgent: AGENT_LEVEL } : {}),
    });
  if (path === '/info') return JSON.stringify(toInfo(world, node, swarmError));
  if (path === '/networks') return listNetworks(world, query);
  if (path === '/vitals/ports' && world.seePort !== null)
    return JSON.stringify({ ports: seePorts(world.seePort, node, query.get('at') ?? '') });
  if (path === '/containers/json')
    return JSON.stringify(
      listContainers(world, node, { query, apiVersion }).map((one) => show(one, SUMMARY)),
    );
  if (kind === 'containers' && id !== undefined && sub === 'json') {
    const plain = node.containers.has(id) ? null : inspectPlain(node, id, world.timeline.nowMs());
    return JSON.stringify(plain ?? show(toInspectJson(world, findContainer(node, id)), CONTAINER));
  }
  if (kind === 'containers' && id !== undefined && sub === 'stats') {
    // The demo has one reading at a time: who asks for a stream of them, or for two, gets one.
    return JSON.stringify(toStatsJson(findContainer(node, id), world.timeline.nowMs()));
  }
  if (kind === 'nodes' || kind === 'services' || kind === 'tasks') {
    if (!node.manager) throw new ApiError(503, NOT_A_MANAGER);
    if (swarmError !== null) throw new ApiError(500, swarmError);
    const list = { nodes: listNodes, services: listServices, tasks: listTasks }[kind];
    if (id === undefined) return list(world, query);
    if (sub === undefined) return one(list(world, new URLSearchParams()), kind, id);
  }
  throw new ApiError(404, 'page not found');
}

/** What an agent answers (`lib/agent`), of a swarm whose ports listen. */
function seePorts(see: NonNullable<World['seePort']>, node: SimNode, at: string): object[] {
  return at.split(',').map((place) => {
    const colon = place.lastIndexOf(':');
    const address = place.slice(0, colon);
    const port = Number(place.slice(colon + 1));
    const answer = see(node, address, port);
    const isMade = answer === 'answers' || answer === 'silent';
    return { address, port, answer, ms: isMade ? 0.3 + ((port * 7 + node.index * 13) % 17) / 10 : null };
  });
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

const FILTERS =
  'ancestor before exited expose health id is-task isolation label name network publish since status volume'.split(
    ' ',
  );

/** `GET /containers/json`: newest first, running ones only unless `all` is set. */
function listContainers(
  world: World,
  node: SimNode,
  { query, apiVersion }: { query: URLSearchParams; apiVersion: string },
): object[] {
  const filters = parseFilters(query.get('filters'), FILTERS);
  if (filters.get('is-task')?.includes('false'))
    return listPlainContainers(node, world.timeline.nowMs(), apiVersion);
  for (const id of [...(filters.get('since') ?? []), ...(filters.get('before') ?? [])])
    if (!node.containers.has(id)) throw new ApiError(404, `No such container: ${id}`);
  const all = ['1', 'true', 'True'].includes(query.get('all') ?? '') || filters.has('status');
  const limit = Number(query.get('limit') ?? 0);
  const passes = (container: SimContainer) => {
    const any = (key: string, is: (value: string) => boolean) =>
      (filters.get(key) ?? ['']).some((value) => !filters.has(key) || is(value));
    if (!all && container.state !== 'running') return false;
    const health = container.health?.status ?? 'none';
    return (
      any('is-task', (value) => value === 'true' || value === '1') &&
      any('status', (value) => value === container.state) &&
      any('health', (value) => value === health) &&
      any('id', (value) => container.id.startsWith(value)) &&
      any('name', (value) => toTaskName(container.task).includes(value)) &&
      (!filters.has('label') || matchesLabels(filters.get('label'), toLabels(container)))
    );
  };
  const nowMs = world.timeline.nowMs();
  const newest = [...node.containers.values()].reverse();
  const since = newest.findIndex(({ id }) => filters.get('since')?.includes(id));
  const found = (since < 0 ? newest : newest.slice(0, since)).filter(passes);
  const wanted = limit > 0 ? found.slice(0, limit) : found;
  return wanted.map((container) => toListedJson(container, { nowMs, apiVersion }));
}

/** `GET /version`. */
function toVersion({ release }: SimNode): object {
  const { version, apiVersion, minApiVersion, gitCommit, goVersion, buildTime, kernel } = release;
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: version,
        Details: {
          ApiVersion: apiVersion,
          Arch: 'amd64',
          BuildTime: buildTime,
          Experimental: 'false',
          GitCommit: gitCommit,
          GoVersion: goVersion,
          KernelVersion: kernel,
          MinAPIVersion: minApiVersion,
          Os: 'linux',
        },
      },
      { Name: 'containerd', Version: release.containerd, Details: { GitCommit: '' } },
      { Name: 'runc', Version: release.runc, Details: { GitCommit: '' } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: 'de40ad0' } },
    ],
    Version: version,
    ApiVersion: apiVersion,
    MinAPIVersion: minApiVersion,
    GitCommit: gitCommit,
    GoVersion: goVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: kernel,
    BuildTime: buildTime,
  };
}
