import { createListDecoder, type ListDecoder } from '#lib/engine/docker/decode/create-list-decoder.ts';
import { createMasker, type Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { createSpecKeys } from '#lib/engine/docker/decode/create-spec-keys.ts';
import { parseJson } from '#lib/engine/docker/decode/parse-json.ts';
import { toApiVersion } from '#lib/engine/docker/decode/to-api-version.ts';
import { toContainer } from '#lib/engine/docker/decode/to-container.ts';
import { toContainerSummary } from '#lib/engine/docker/decode/to-container-summary.ts';
import { toNetwork } from '#lib/engine/docker/decode/to-network.ts';
import { toNode } from '#lib/engine/docker/decode/to-node.ts';
import { toService } from '#lib/engine/docker/decode/to-service.ts';
import { toTask } from '#lib/engine/docker/decode/to-task.ts';
import { warnOfLost } from '#lib/engine/docker/decode/warn-of-lost.ts';
import { openLog } from '#lib/engine/docker/logs/open-log.ts';
import { readLog } from '#lib/engine/docker/logs/read-log.ts';
import { type LogRange, toLogQuery } from '#lib/engine/docker/logs/to-log-query.ts';
import { type AnswerLimits, findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import { type ByteBudgets, createByteBudgets } from '#lib/engine/docker/transport/create-byte-budget.ts';
import { type Call, createCaller } from '#lib/engine/docker/transport/create-caller.ts';
import { createSockets } from '#lib/engine/docker/transport/create-sockets.ts';
import { toInspectPath, toLogsPath } from '#lib/engine/docker/transport/paths.ts';
import { toEventQuery } from '#lib/engine/docker/transport/to-event-query.ts';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import {
  type EngineClient,
  EngineError,
  type EngineIdentity,
  type EngineTraffic,
  type LogStream,
  type OpenLogOptions,
} from '#lib/engine/port.ts';
import { createSemaphore, type Semaphore } from '#lib/flow/create-semaphore.ts';
import { createKeptLimit } from './create-kept-limit.ts';
import { identify } from './identify.ts';
import { listByIds } from './list-by-ids.ts';
import { openEvents } from './open-events.ts';

export interface DockerClientOptions {
  /** The endpoint is an agent of ours: what both sides know. Where certificates encrypt it is sent, else proven. */
  agentSecret?: string | null;
  /** Takes secrets out of all that is read; the obvious ones when not given. */
  mask?: Masker;
  /** Called with what was left out because it could not be read. */
  onWarning?: (message: string) => void;
  /** Our clock, epoch ms. */
  nowMs?: () => number;
  limits?: Partial<DockerClientLimits>;
  /** Shared by all clients of a process; without it, this one has its own. */
  budgets?: ByteBudgets;
  /** Instead of the limits of each kind of answer; for tests. */
  answers?: Partial<AnswerLimits>;
}

export interface DockerClientLimits {
  /** Requests to the engine at a time, ping, events and logs apart. */
  maxConcurrent: number;
  /** Logs at a time: beyond, one that is to be followed is refused at once. */
  maxLogs: number;
  /** Logs that are read to their end at a time: more wait in a line of their own. */
  maxLogReads: number;
  versionMs: number;
  /** `/info` of a manager without quorum takes 20 s. */
  infoMs: number;
  /** After this long, identify looks for another way than `/info`. */
  infoPatienceMs: number;
  /** Lists that a manager answers. */
  swarmListMs: number;
  /** Container lists and inspects. */
  engineMs: number;
  /** Until an event stream is accepted. */
  openMs: number;
}

const LIMITS: DockerClientLimits = {
  maxConcurrent: 6,
  maxLogs: 64,
  maxLogReads: 6,
  versionMs: 5_000,
  infoMs: 25_000,
  infoPatienceMs: 4_000,
  swarmListMs: 15_000,
  engineMs: 10_000,
  openMs: 10_000,
};

/** For a client alone. */
const OWN_MEMORY_BYTES = 1_000_000_000;

const IS_TASK = JSON.stringify({ 'is-task': ['true'] });

/** A client of one engine, over dockerode. Connects at the first call; never throws here. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: each of the port’s calls is one short method here; lists and logs are to get files of their own.
export function createDockerClient(
  endpoint: Endpoint,
  options: DockerClientOptions = {},
): EngineClient & { traffic(): EngineTraffic } {
  const limits = { ...LIMITS, ...options.limits };
  const nowMs = options.nowMs ?? Date.now;
  const mask = options.mask ?? createMasker();
  const onWarning = options.onWarning ?? (() => {});
  const { display } = endpoint;
  const budgets = options.budgets ?? createByteBudgets(OWN_MEMORY_BYTES);
  const answers = options.answers ?? {};
  const sockets = createSockets(endpoint, {
    agentSecret: options.agentSecret ?? null,
    maxSockets: limits.maxConcurrent,
  });
  const caller = createCaller(endpoint, { budgets, answers, wireBytes: sockets.wireBytes });
  const kept = createKeptLimit(display, budgets, caller.giveUp);
  const limiter = createSemaphore(limits.maxConcurrent);
  // A log that comes slowly, or never, keeps nothing else waiting.
  const logReads = createSemaphore(limits.maxLogReads);
  let logs = 0;
  const specKeys = createSpecKeys();
  const life = new AbortController();
  let apiVersion: string | null = null;
  let identity: EngineIdentity | null = null;

  const read = (call: Call): Promise<unknown> =>
    caller.call(sockets.polls(), call, limiter, (body, limit) => parseJson(body, limit));

  async function negotiate(): Promise<{ apiVersion: string; version: unknown }> {
    const version = await read({ path: '/version', apiVersion: null, timeoutMs: limits.versionMs });
    apiVersion = toApiVersion(version, display);
    return { apiVersion, version };
  }

  const agreed = async () => apiVersion ?? (await negotiate()).apiVersion;
  const skewMs = () => identity?.skewMs ?? 0;

  const asService = (raw: unknown, skew: number) => toService(raw, skew, mask, specKeys);
  const asTask = (raw: unknown, skew: number) => toTask(raw, skew, mask, specKeys);
  const decoderOf = <T>(
    kind: 'nodes' | 'services' | 'tasks' | 'containers' | 'networks',
    toItem: (raw: unknown, skewMs: number) => T | null,
    versioned: boolean,
  ): ListDecoder<T> =>
    createListDecoder({
      limits: { ...findAnswerLimits(kind), ...answers },
      toItem: (raw) => toItem(raw, skewMs()),
      versioned,
    });
  /** Of the whole lists, only what is new is looked at closely. */
  const decoders = {
    services: decoderOf('services', asService, true),
    tasks: decoderOf('tasks', asTask, true),
  };
  const plain = {
    nodes: decoderOf('nodes', toNode, false),
    services: decoderOf('services', asService, false),
    tasks: decoderOf('tasks', asTask, false),
    containers: decoderOf('containers', toContainerSummary, false),
    networks: decoderOf('networks', toNetwork, false),
  };

  async function list<T>(
    call: Pick<Call, 'path' | 'timeoutMs'> & { query?: Record<string, string> },
    decoder: ListDecoder<T>,
  ): Promise<T[]> {
    const asked = { ...call, apiVersion: await agreed() };
    const { items, lost } = await caller.call(sockets.polls(), asked, limiter, (body, _, signal) =>
      decoder.decode(body, signal),
    );
    warnOfLost(lost, lost + items.length, { path: call.path, endpoint: display, onWarning });
    return items;
  }

  const swarmList = (path: '/nodes' | '/services' | '/tasks', filters?: Record<string, string[]>) => ({
    path,
    timeoutMs: limits.swarmListMs,
    ...(filters ? { query: { filters: JSON.stringify(filters) } } : {}),
  });

  /** Counts what came as kept; where that is too much, nothing more is read of this engine for a while. */
  function keep(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof EngineError) caller.giveUp(error);
      throw error;
    }
  }

  /** @returns gives the place back */
  function takeLogPlace(): () => void {
    if (logs >= limits.maxLogs)
      throw new EngineError('http', `${limits.maxLogs} logs of ${display} are read already.`);
    logs += 1;
    return () => {
      logs -= 1;
    };
  }

  /** Times of the range are on our clock. Given a line to wait in, it keeps its place there to its end. */
  function openContainerLog(
    containerId: string,
    range: LogRange,
    listener: Pick<OpenLogOptions, 'onOpen' | 'onLines' | 'onClose'>,
    { line, maskLine }: { line: Semaphore | null; maskLine(text: string): string },
  ): LogStream {
    const onEngine = (ms: number | null) => (ms === null ? null : ms + skewMs());
    const open = async (signal: AbortSignal) => {
      const path = toLogsPath(containerId);
      const leave = line === null ? takeLogPlace() : await line.acquireUnless(signal);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      const version = await agreed();
      const query = toLogQuery({
        ...range,
        sinceMs: onEngine(range.sinceMs),
        untilMs: onEngine(range.untilMs),
      });
      const call = { path, apiVersion: version, query, timeoutMs: limits.openMs };
      return caller.open(sockets.events(), call, signal);
    };
    return openLog({ endpoint: display, closed: life.signal, open, skewMs, nowMs, maskLine }, listener);
  }

  function know(found: EngineIdentity): void {
    identity = found;
    // Another skew, or another life of the swarm.
    for (const decoder of Object.values(decoders)) decoder.clear();
  }

  return {
    endpoint: display,
    async identify(patienceMs = limits.infoPatienceMs) {
      const found = await identify({ negotiate, read, nowMs, limits, display, known: identity, patienceMs });
      know(found.identity);
      void found.late.then((late) => {
        // Not when it was asked again meanwhile.
        if (late !== null && identity === found.identity && !life.signal.aborted) know(late);
      });
      return found.identity;
    },
    async ping(timeoutMs) {
      const call: Call = { path: '/_ping', apiVersion: null, timeoutMs };
      const words = await caller.call(sockets.ping(), call, null, (body) => body.toString());
      if (words.trim() === 'OK') return;
      throw new EngineError('garbled', `${display} answers /_ping, but not as Docker does.`);
    },
    async listNodes() {
      const nodes = await list(swarmList('/nodes'), plain.nodes);
      keep(() => kept.nodes(nodes));
      return nodes;
    },
    async listServices(serviceIds) {
      if (serviceIds === null) {
        const all = await list(swarmList('/services'), decoders.services);
        keep(() => kept.services(null, all));
        return all;
      }
      // The filter takes prefixes: keep exactly the ones asked for.
      const wanted = new Set(serviceIds);
      const services = await listByIds(serviceIds, async (ids) => {
        const listed = await list(swarmList('/services', { id: ids }), plain.services);
        return listed.filter((service) => wanted.has(service.id));
      });
      keep(() => kept.services(serviceIds, services));
      return services;
    },
    async listTasks(serviceIds) {
      if (serviceIds === null) {
        const all = await list(swarmList('/tasks'), decoders.tasks);
        keep(() => kept.tasks(null, all));
        return all;
      }
      const wanted = new Set(serviceIds);
      const tasks = await listByIds(serviceIds, async (ids) => {
        const listed = await list(swarmList('/tasks', { service: ids }), plain.tasks);
        // Nobody asked for those of others.
        return listed.filter((task) => wanted.has(task.serviceId));
      });
      keep(() => kept.tasks(serviceIds, tasks));
      return tasks;
    },
    async listNetworks(scope) {
      const query = scope === 'all' ? {} : { query: { filters: JSON.stringify({ scope: [scope] }) } };
      const networks = await list(
        { path: '/networks', timeoutMs: limits.engineMs, ...query },
        plain.networks,
      );
      if (scope === 'all') return networks;
      const ofSwarm = networks.filter((network) => network.scope === scope);
      keep(() => kept.networks(ofSwarm));
      return ofSwarm;
    },
    async listContainers() {
      const query = { all: '1', filters: IS_TASK };
      const call = { path: '/containers/json', query, timeoutMs: limits.engineMs } as const;
      const containers = await list(call, plain.containers);
      keep(() => kept.containersListed(containers.map(({ id }) => id)));
      return containers;
    },
    async inspectContainer(id, limitMs = limits.engineMs) {
      const path = toInspectPath(id);
      let raw: unknown;
      const version = await agreed();
      try {
        raw = await read({ path, apiVersion: version, timeoutMs: limitMs });
      } catch (error) {
        if (!(error instanceof EngineError) || error.statusCode !== 404) throw error;
        keep(() => kept.container(id, null));
        return null;
      }
      const reading = {
        nodeId: identity?.nodeId ?? null,
        apiVersion: version,
        skewMs: skewMs(),
        readAtMs: nowMs(),
        mask,
      };
      const container = toContainer(raw, reading);
      // One that answers for another container is not taken at its word.
      if (container?.id === id) {
        keep(() => kept.container(id, container));
        return container;
      }
      throw new EngineError('garbled', `${display} answers ${path}, but not with that container.`);
    },
    readLog(containerId, { maxLineChars = null, ...range }) {
      const how = { line: logReads, maskLine: (text: string) => text };
      const open: Parameters<typeof readLog>[0] = (listener) =>
        openContainerLog(containerId, { ...range, follow: false }, listener, how);
      return readLog(open, { timeoutMs: limits.engineMs, display, mask, maxLineChars });
    },
    openLog: (containerId, { tail, sinceMs, follow, ...listener }) =>
      openContainerLog(containerId, { tail, sinceMs, untilMs: null, follow }, listener, {
        line: null,
        maskLine: mask.line,
      }),
    openEvents(eventOptions) {
      const open = async (signal: AbortSignal) =>
        caller.open(
          sockets.events(),
          {
            path: '/events',
            apiVersion: await agreed(),
            query: toEventQuery(eventOptions),
            timeoutMs: limits.openMs,
          },
          signal,
        );
      const source = { endpoint: display, closed: life.signal, open, skewMs, onWarning };
      return openEvents({ ...source, onExcess: caller.giveUp }, eventOptions);
    },
    traffic: caller.traffic,
    close() {
      const closed = new EngineError('closed', `The connection to ${display} was closed.`);
      caller.close(closed);
      life.abort(closed);
      kept.close();
      sockets.close();
    },
  };
}
