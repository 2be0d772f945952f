import { createListDecoder, type ListDecoder } from '#lib/engine/docker/decode/create-list-decoder.ts';
import { createMasker, type Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { createSpecKeys } from '#lib/engine/docker/decode/create-spec-keys.ts';
import { parseJson } from '#lib/engine/docker/decode/parse-json.ts';
import { toApiVersion } from '#lib/engine/docker/decode/to-api-version.ts';
import { toContainer } from '#lib/engine/docker/decode/to-container.ts';
import { toContainerSummary } from '#lib/engine/docker/decode/to-container-summary.ts';
import { toItems } from '#lib/engine/docker/decode/to-items.ts';
import { toNode } from '#lib/engine/docker/decode/to-node.ts';
import { toService } from '#lib/engine/docker/decode/to-service.ts';
import { toTask } from '#lib/engine/docker/decode/to-task.ts';
import { warnOfLost } from '#lib/engine/docker/decode/warn-of-lost.ts';
import { openLog } from '#lib/engine/docker/logs/open-log.ts';
import { readLog } from '#lib/engine/docker/logs/read-log.ts';
import { type LogRange, toLogQuery } from '#lib/engine/docker/logs/to-log-query.ts';
import { type Call, createCaller } from '#lib/engine/docker/transport/create-caller.ts';
import { createLimiter, type Limiter } from '#lib/engine/docker/transport/create-limiter.ts';
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
import { identify } from './identify.ts';
import { listByIds } from './list-by-ids.ts';
import { openEvents } from './open-events.ts';

export interface DockerClientOptions {
  /** The endpoint is an agent of ours: what both sides know. Where certificates encrypt it is sent, else proven. */
  agentSecret?: string | null;
  /** Takes secrets out of all that is read; the obvious ones when not given. */
  mask?: Masker;
  /** Hears what was left out because it could not be read. */
  onWarning?: (message: string) => void;
  /** Our clock, epoch ms. */
  nowMs?: () => number;
  limits?: Partial<DockerClientLimits>;
}

export interface DockerClientLimits {
  /** Requests to the engine at a time, ping and events apart. */
  maxConcurrent: number;
  maxBytes: number;
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
  maxBytes: 256 * 1024 * 1024,
  versionMs: 5_000,
  infoMs: 25_000,
  infoPatienceMs: 4_000,
  swarmListMs: 15_000,
  engineMs: 10_000,
  openMs: 10_000,
};

const IS_TASK = JSON.stringify({ 'is-task': ['true'] });

/** A client of one engine, over dockerode. Connects at the first call; never throws here. */
export function createDockerClient(
  endpoint: Endpoint,
  options: DockerClientOptions = {},
): EngineClient & { traffic(): EngineTraffic } {
  const limits = { ...LIMITS, ...options.limits };
  const nowMs = options.nowMs ?? Date.now;
  const mask = options.mask ?? createMasker();
  const onWarning = options.onWarning ?? (() => {});
  const { display } = endpoint;
  const caller = createCaller(endpoint, limits);
  const sockets = createSockets(endpoint, {
    agentSecret: options.agentSecret ?? null,
    maxSockets: limits.maxConcurrent,
  });
  const limiter = createLimiter(limits.maxConcurrent);
  const specKeys = createSpecKeys();
  const life = new AbortController();
  let apiVersion: string | null = null;
  let identity: EngineIdentity | null = null;

  async function read(call: Call): Promise<unknown> {
    const body = await caller.call(sockets.polls(), call, limiter);
    return parseJson(body, call.path, display);
  }

  async function negotiate(): Promise<{ apiVersion: string; version: unknown }> {
    const version = await read({ path: '/version', apiVersion: null, timeoutMs: limits.versionMs });
    apiVersion = toApiVersion(version, display);
    return { apiVersion, version };
  }

  const agreed = async () => apiVersion ?? (await negotiate()).apiVersion;
  const skewMs = () => identity?.skewMs ?? 0;

  const asService = (raw: unknown, skew: number) => toService(raw, skew, mask, specKeys);
  const asTask = (raw: unknown, skew: number) => toTask(raw, skew, mask, specKeys);
  const decoders = {
    '/services': createListDecoder((raw) => asService(raw, skewMs())),
    '/tasks': createListDecoder((raw) => asTask(raw, skewMs())),
  };

  /** A whole list, of which only what is new is looked at closely. */
  async function listAll<T>(
    path: '/services' | '/tasks',
    decoder: ListDecoder<T>,
    toItem: (raw: unknown, skewMs: number) => T | null,
  ): Promise<T[]> {
    const call = { ...swarmList(path), apiVersion: await agreed() };
    const body = await caller.call(sockets.polls(), call, limiter);
    const from = { path, endpoint: display, onWarning };
    const decoded = decoder.decode(body);
    if (decoded === null)
      return toItems(parseJson(body, path, display), (raw) => toItem(raw, skewMs()), from);
    warnOfLost(decoded.lost, decoded.lost + decoded.items.length, from);
    return decoded.items;
  }

  async function list<T>(
    call: Pick<Call, 'path' | 'timeoutMs'> & { query?: Record<string, string> },
    toItem: (raw: unknown, skewMs: number) => T | null,
  ): Promise<T[]> {
    const raw = await read({ ...call, apiVersion: await agreed() });
    return toItems(raw, (item) => toItem(item, skewMs()), {
      path: call.path,
      endpoint: display,
      onWarning,
    });
  }

  const swarmList = (path: '/nodes' | '/services' | '/tasks', filters?: Record<string, string[]>) => ({
    path,
    timeoutMs: limits.swarmListMs,
    ...(filters ? { query: { filters: JSON.stringify(filters) } } : {}),
  });

  /** Times of the range are on our clock. Given the line of the other requests, it keeps its place there to its end. */
  function openContainerLog(
    containerId: string,
    range: LogRange,
    listener: Pick<OpenLogOptions, 'onOpen' | 'onLines' | 'onClose'>,
    line: Limiter | null = null,
  ): LogStream {
    const onEngine = (ms: number | null) => (ms === null ? null : ms + skewMs());
    const open = async (signal: AbortSignal) => {
      const path = toLogsPath(containerId);
      const leave = await line?.enter(signal);
      if (leave) signal.addEventListener('abort', leave, { once: true });
      const version = await agreed();
      const query = toLogQuery({
        ...range,
        sinceMs: onEngine(range.sinceMs),
        untilMs: onEngine(range.untilMs),
      });
      const call = { path, apiVersion: version, query, timeoutMs: limits.openMs };
      return caller.open(sockets.events(), call, signal);
    };
    return openLog({ endpoint: display, closed: life.signal, open, skewMs, nowMs, mask }, listener);
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
      const body = await caller.call(sockets.ping(), { path: '/_ping', apiVersion: null, timeoutMs }, null);
      if (body.toString().trim() === 'OK') return;
      throw new EngineError('garbled', `${display} answers /_ping, but not as Docker does.`);
    },
    listNodes: () => list(swarmList('/nodes'), toNode),
    async listServices(serviceIds) {
      if (serviceIds === null) return listAll('/services', decoders['/services'], asService);
      // The filter takes prefixes: keep exactly the ones asked for.
      const wanted = new Set(serviceIds);
      const services = await listByIds(serviceIds, (ids) =>
        list(swarmList('/services', { id: ids }), asService),
      );
      return services.filter((service) => wanted.has(service.id));
    },
    async listTasks(serviceIds) {
      if (serviceIds === null) return listAll('/tasks', decoders['/tasks'], asTask);
      return listByIds(serviceIds, (ids) => list(swarmList('/tasks', { service: ids }), asTask));
    },
    listContainers: () =>
      list(
        { path: '/containers/json', query: { all: '1', filters: IS_TASK }, timeoutMs: limits.engineMs },
        toContainerSummary,
      ),
    async inspectContainer(id) {
      const path = toInspectPath(id);
      let raw: unknown;
      const version = await agreed();
      try {
        raw = await read({ path, apiVersion: version, timeoutMs: limits.engineMs });
      } catch (error) {
        if (error instanceof EngineError && error.statusCode === 404) return null;
        throw error;
      }
      const reading = {
        nodeId: identity?.nodeId ?? null,
        apiVersion: version,
        skewMs: skewMs(),
        readAtMs: nowMs(),
        mask,
      };
      const container = toContainer(raw, reading);
      if (container) return container;
      throw new EngineError('garbled', `${display} answers ${path}, but not with a container.`);
    },
    readLog: (containerId, range) =>
      readLog((listener) => openContainerLog(containerId, { ...range, follow: false }, listener, limiter), {
        timeoutMs: limits.engineMs,
        display,
      }),
    openLog: (containerId, { tail, sinceMs, follow, ...listener }) =>
      openContainerLog(containerId, { tail, sinceMs, untilMs: null, follow }, listener),
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
      return openEvents({ endpoint: display, closed: life.signal, open, skewMs, onWarning }, eventOptions);
    },
    traffic: caller.traffic,
    close() {
      const closed = new EngineError('closed', `The connection to ${display} was closed.`);
      caller.close(closed);
      life.abort(closed);
      sockets.close();
    },
  };
}
