import { toContainerSummary } from '#lib/engine/docker/decode/container/to-container-summary.ts';
import { createListDecoder, type ListDecoder } from '#lib/engine/docker/decode/create-list-decoder.ts';
import type { Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { createSpecKeys } from '#lib/engine/docker/decode/create-spec-keys.ts';
import { toNetwork } from '#lib/engine/docker/decode/to-network.ts';
import { toNode } from '#lib/engine/docker/decode/to-node.ts';
import { toService } from '#lib/engine/docker/decode/to-service.ts';
import { toTask } from '#lib/engine/docker/decode/to-task.ts';
import { warnOfLost } from '#lib/engine/docker/decode/warn-of-lost.ts';
import { type AnswerLimits, findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import type { Decode } from '#lib/engine/docker/transport/create-caller.ts';
import { type ContainerSummary, type EngineClient, EngineError, type TaskPart } from '#lib/engine/port.ts';
import { isOverTask, type Task } from '#lib/model/docker/task.ts';
import type { KeptLimit } from './create-kept-limit.ts';
import { findStopped } from './find-stopped.ts';
import { listByIds } from './list-by-ids.ts';

/** All that is listed of one engine or manager. */
export interface Lists {
  calls: Pick<
    EngineClient,
    | 'listManagers'
    | 'dropSwarmLists'
    | 'listNodes'
    | 'listServices'
    | 'listTasks'
    | 'listTasksInTurns'
    | 'relistTasks'
    | 'listNetworks'
    | 'listContainers'
    | 'findStopped'
  >;
  /** What was decoded before is decoded anew: the skew is another, or the life of the swarm is. */
  forget(): void;
}

type ListCall = Pick<Call, 'path' | 'timeoutMs' | 'query'>;

export interface ListsOptions {
  display: string;
  limits: { swarmListMs: number; engineMs: number };
  /** Instead of the limits of each kind of answer. */
  answers: Partial<AnswerLimits>;
  mask: Masker;
  onWarning(message: string): void;
  /** What the other side's clock is ahead of ours by. */
  skewMs(): number;
  kept: KeptLimit;
  /** Counts what came as kept. */
  keep(act: () => void): void;
  /** In the version that was agreed on. */
  ask<T>(call: ListCall, decode: Decode<T>): Promise<T>;
  /** The same, beside all that is under way. */
  askBeside<T>(call: ListCall, decode: Decode<T>): Promise<T>;
  endSwarmLists(): void;
}

const IS_TASK = { 'is-task': ['true'] };
/** What Swarm wants of a task that is to be there (`isWantedTask`); every engine that we read takes them as a filter. */
const WANTED = ['ready', 'running', 'complete'];

export function createLists(options: ListsOptions): Lists {
  const { display, limits, mask, onWarning, kept, keep } = options;
  const { whole, plain } = createDecoders(options, mask);

  async function list<T>(call: ListCall, { decode }: Pick<ListDecoder<T>, 'decode'>): Promise<T[]> {
    const { items, lost } = await options.ask(call, (body, _, signal) => decode(body, signal));
    warnOfLost(lost, lost + items.length, { path: call.path, endpoint: display, onWarning });
    // Tasks of attached containers belong to no service: a list of them alone is one of no tasks.
    if (items.length === 0 && lost > 0 && call.path !== '/tasks') throw toGarbled(display, call.path, lost);
    return items;
  }

  const ofSwarm = (path: SwarmPath, filters?: Record<string, string[]>) =>
    toSwarmCall(path, limits.swarmListMs, filters);

  function listTasksOf(
    serviceIds: string[],
    filters: Record<string, string[]>,
    decoder: Pick<ListDecoder<Task>, 'decode'> = plain.tasks,
  ): Promise<Task[]> {
    const asked = new Set(serviceIds);
    return listByIds(serviceIds, async (ids) => {
      const listed = await list(ofSwarm('/tasks', { service: ids, ...filters }), decoder);
      // Nobody asked for those of others.
      return listed.filter((task) => asked.has(task.serviceId));
    });
  }

  const listOf = (filters: object) => list(ofContainers(filters, limits.engineMs), plain.containers);

  const calls: Lists['calls'] = {
    async listManagers(timeoutMs) {
      const call = { ...ofSwarm('/nodes', { role: ['manager'] }), timeoutMs };
      const { items } = await options.askBeside(call, (body, _, signal) => plain.nodes.decode(body, signal));
      return items;
    },
    dropSwarmLists: options.endSwarmLists,
    async listNodes() {
      const nodes = await list(ofSwarm('/nodes'), plain.nodes);
      keep(() => kept.nodes(nodes));
      return nodes;
    },
    async listServices(serviceIds) {
      if (serviceIds === null) {
        const all = await list(ofSwarm('/services'), whole.services);
        keep(() => kept.services(null, all));
        return all;
      }
      // The filter takes prefixes: keep exactly the ones asked for.
      const services = await listExactly(serviceIds, (ids) =>
        list(ofSwarm('/services', { id: ids }), plain.services),
      );
      keep(() => kept.services(serviceIds, services));
      return services;
    },
    async listTasks(serviceIds) {
      if (serviceIds === null) {
        const all = await list(ofSwarm('/tasks'), whole.tasks);
        keep(() => kept.tasks(null, all));
        return all;
      }
      const tasks = await listTasksOf(serviceIds, {});
      keep(() => kept.tasks(serviceIds, tasks));
      return tasks;
    },
    async *listTasksInTurns(turns) {
      const all: Task[] = [];
      for (const serviceIds of turns) {
        const tasks = await listTasksOf(serviceIds, {}, { decode: whole.tasks.decodePart });
        for (const task of tasks) all.push(task);
        yield tasks;
      }
      whole.tasks.endParts();
      keep(() => kept.tasks(null, all));
    },
    async relistTasks(serviceIds, known, part) {
      const wanted = await listTasksOf(serviceIds, { ...toNameFilter(part), 'desired-state': WANTED });
      const found = new Set(wanted.map(({ id }) => id));
      const [rest, asked] = splitMissing(known, found, part);
      const ended = await listExactly([...asked], (ids) => list(ofSwarm('/tasks', { id: ids }), plain.tasks));
      const tasks = [...wanted, ...ended, ...rest];
      keep(() => kept.tasks(serviceIds, tasks));
      return tasks;
    },
    async listNetworks(scope) {
      const networks = await list(toNetworksCall(scope, limits.engineMs), plain.networks);
      if (scope === 'all') return networks;
      const ofSwarm = networks.filter((network) => network.scope === scope);
      keep(() => kept.networks(ofSwarm));
      return ofSwarm;
    },
    findStopped: (ids) => findStopped(ids, listOf),
    async listContainers(ids) {
      if (ids !== undefined) return listContainersOf(ids, listOf);
      const containers = await listOf(IS_TASK);
      keep(() => kept.containersListed(containers.map(({ id }) => id)));
      return containers;
    },
  };

  return {
    calls,
    forget() {
      for (const decoder of Object.values(whole)) decoder.clear();
    },
  };
}

type SwarmPath = '/nodes' | '/services' | '/tasks';

function toSwarmCall(path: SwarmPath, timeoutMs: number, filters?: Record<string, string[]>): ListCall {
  return { path, timeoutMs, ...(filters ? { query: { filters: JSON.stringify(filters) } } : {}) };
}

function toNetworksCall(scope: 'all' | 'swarm', timeoutMs: number): ListCall {
  const query = scope === 'all' ? {} : { query: { filters: JSON.stringify({ scope: [scope] }) } };
  return { path: '/networks', timeoutMs, ...query };
}

function toGarbled(display: string, path: string, lost: number): EngineError {
  return new EngineError(
    'garbled',
    `${display} answers ${path}, but none of its ${lost} entries is as Docker writes it.`,
  );
}

function ofContainers(filters: object, timeoutMs: number): ListCall {
  return { path: '/containers/json', query: { all: '1', filters: JSON.stringify(filters) }, timeoutMs };
}

/** Docker takes the beginning of an id for it. */
async function listExactly<T extends { id: string }>(
  ids: readonly string[],
  listOf: (ids: string[]) => Promise<T[]>,
): Promise<T[]> {
  const asked = new Set(ids);
  const listed = await listByIds([...asked], listOf);
  return listed.filter(({ id }) => asked.has(id));
}

/** Agents list all. */
async function listContainersOf(
  ids: readonly string[],
  listOf: (filters: object) => Promise<ContainerSummary[]>,
): Promise<ContainerSummary[]> {
  return listExactly(ids, (some) => listOf({ ...IS_TASK, id: some }));
}

function createDecoders(options: ListsOptions, mask: Masker) {
  const specKeys = createSpecKeys();
  const decoderOf = toDecoderOf(options);
  const asService = (raw: unknown, skew: number) => toService(raw, skew, mask, specKeys);
  const asTask = (raw: unknown, skew: number) => toTask(raw, skew, mask, specKeys);
  return {
    /** Of the whole lists, only what is new is looked at closely. */
    whole: {
      services: decoderOf('services', asService, true),
      tasks: decoderOf('tasks', asTask, true),
    },
    plain: {
      nodes: decoderOf('nodes', toNode, false),
      services: decoderOf('services', asService, false),
      tasks: decoderOf('tasks', asTask, false),
      containers: decoderOf('containers', toContainerSummary, false),
      networks: decoderOf('networks', toNetwork, false),
    },
  };
}

const toNameFilter = (part?: TaskPart) => part && { name: [...part.namePrefixes] };

/** Of the known tasks that were not found: those that stay as they are known, and the ids of those to ask for. */
function splitMissing(
  known: readonly Task[],
  found: ReadonlySet<string>,
  part?: TaskPart,
): [Task[], Set<string>] {
  const rest: Task[] = [];
  const asked = new Set<string>();
  for (const task of known) {
    if (found.has(task.id)) continue;
    if (isOverTask(task) || part?.has(task) === false) rest.push(task);
    else asked.add(task.id);
  }
  return [rest, asked];
}

function toDecoderOf({ answers, skewMs }: ListsOptions) {
  return <T>(
    kind: 'nodes' | 'services' | 'tasks' | 'containers' | 'networks',
    toItem: (raw: unknown, skewMs: number) => T | null,
    versioned: boolean,
  ): ListDecoder<T> =>
    createListDecoder({
      limits: { ...findAnswerLimits(kind), ...answers },
      toItem: (raw) => toItem(raw, skewMs()),
      versioned,
    });
}
