import type Docker from 'dockerode';
import { createMasker, type Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { parseJson } from '#lib/engine/docker/decode/parse-json.ts';
import { toApiVersion } from '#lib/engine/docker/decode/to-api-version.ts';
import { createContainerLogs } from '#lib/engine/docker/logs/create-container-logs.ts';
import type { AnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import { type ByteBudgets, createByteBudgets } from '#lib/engine/docker/transport/create-byte-budget.ts';
import { createCaller, type Decode } from '#lib/engine/docker/transport/create-caller.ts';
import { createSockets } from '#lib/engine/docker/transport/create-sockets.ts';
import type { OpenBody } from '#lib/engine/docker/transport/open-body.ts';
import { toEventQuery } from '#lib/engine/docker/transport/to-event-query.ts';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { type EngineClient, EngineError, type EngineIdentity, type EngineTraffic } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import { checkPorts } from './check-ports.ts';
import { createClockCheck } from './create-clock-check.ts';
import { createKeptLimit } from './create-kept-limit.ts';
import { createLists } from './create-lists.ts';
import { createInfoReader, identify } from './identify.ts';
import { inspectContainer } from './inspect-container.ts';
import { openEvents } from './open-events.ts';
import { readPlainContainers } from './read-plain-containers.ts';
import { readStats } from './read-stats.ts';

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
  /** What a container uses: an engine whose shim hangs never answers for it, others take a second at most. */
  statsMs: number;
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
  statsMs: 5_000,
  openMs: 10_000,
};

/** For a client alone. */
const OWN_MEMORY_BYTES = 1_000_000_000;

type OpenStream = (call: Pick<Call, 'path' | 'query'>, signal: AbortSignal) => Promise<OpenBody>;

/** A client of one engine, over dockerode and sockets of ours. Connects at the first call; never throws here. */
export function createDockerClient(
  endpoint: Endpoint,
  options: DockerClientOptions = {},
): EngineClient & { traffic(): EngineTraffic } {
  const limits = { ...LIMITS, ...options.limits };
  const { nowMs = Date.now, onWarning = () => {}, answers = {} } = options;
  const mask = options.mask ?? createMasker();
  const { display } = endpoint;
  const budgets = options.budgets ?? createByteBudgets(OWN_MEMORY_BYTES);
  const sockets = createSockets(endpoint, {
    agentSecret: options.agentSecret ?? null,
    maxSockets: limits.maxConcurrent,
  });
  const clock = createClockCheck();
  const { wireBytes } = sockets;
  const caller = createCaller(endpoint, { budgets, answers, wireBytes, onHead: clock.onAnswer });
  const kept = createKeptLimit(display, budgets, caller.giveUp);
  const limiter = createSemaphore(limits.maxConcurrent);
  const life = new AbortController();
  let apiVersion: string | null = null;
  let identity: EngineIdentity | null = null;

  const read = (call: Call): Promise<unknown> =>
    caller.call(sockets.polls, call, limiter, (body, limit) => parseJson(body, limit));

  async function negotiate(): Promise<{ apiVersion: string; version: unknown }> {
    const version = await read({ path: '/version', apiVersion: null, timeoutMs: limits.versionMs });
    apiVersion = toApiVersion(version, display);
    return { apiVersion, version };
  }

  const agreed = async () => apiVersion ?? (await negotiate()).apiVersion;
  const skewMs = () => identity?.skewMs ?? 0;
  const readInfo = createInfoReader(read, { nowMs, timeoutMs: limits.infoMs });

  const openOn =
    (docker: () => Docker): OpenStream =>
    async (call, signal) =>
      caller.open(docker(), { ...call, apiVersion: await agreed(), timeoutMs: limits.openMs }, signal);

  const ask = async <T>(call: Pick<Call, 'path' | 'timeoutMs' | 'query'>, decode: Decode<T>): Promise<T> =>
    caller.call(sockets.polls, { ...call, apiVersion: await agreed() }, limiter, decode);

  const inspect = (id: string, limitMs: number) =>
    inspectContainer(id, display, async (path) => {
      const version = await agreed();
      const raw = await read({ path, apiVersion: version, timeoutMs: limitMs });
      const nodeId = identity?.nodeId ?? null;
      return { raw, reading: { nodeId, apiVersion: version, skewMs: skewMs(), readAtMs: nowMs(), mask } };
    });

  const readBriefly = async (call: Pick<Call, 'path' | 'query'>) =>
    read({ ...call, apiVersion: await agreed(), timeoutMs: limits.statsMs });

  const keep = (act: () => void) => keepOrGiveUp(act, caller.giveUp);
  const shared = { display, limits, mask, skewMs };
  const askBeside: typeof ask = async (call, decode) =>
    caller.call(sockets.swarmPing, { ...call, apiVersion: await agreed() }, null, decode);
  const { endSwarmLists } = caller;
  const lists = createLists({ ...shared, answers, onWarning, kept, keep, ask, askBeside, endSwarmLists });
  const logs = createContainerLogs({ ...shared, nowMs, closed: life.signal, open: openOn(sockets.logs) });

  function know(found: EngineIdentity): void {
    identity = found;
    clock.settle(found.skewMs);
    // Another skew, or another life of the swarm.
    lists.forget();
  }

  return {
    endpoint: display,
    async identify(patienceMs = limits.infoPatienceMs) {
      const parts = { negotiate, read, readInfo, nowMs, limits, display };
      const found = await identify({ ...parts, known: identity, patienceMs });
      know(found.identity);
      void found.late.then((late) => {
        // Not when it was asked again meanwhile.
        if (late !== null && identity === found.identity && !life.signal.aborted) know(late);
      });
      return found.identity;
    },
    async ping(timeoutMs) {
      const call: Call = { path: '/_ping', apiVersion: null, timeoutMs };
      expectPong(await caller.call(sockets.ping, call, null, (body) => body.toString()), display);
    },
    ...lists.calls,
    readPlainContainers: () =>
      readPlainContainers({ timeoutMs: limits.engineMs, answers, skewMs, ask, inspect }),
    checkPorts: (places) => checkPorts(places, { timeoutMs: limits.engineMs, display, ask: askBeside }),
    async inspectContainer(id, limitMs = limits.engineMs) {
      const container = await inspect(id, limitMs);
      keep(() => kept.container(id, container));
      return container;
    },
    readStats: (id) => readStats(id, skewMs, readBriefly),
    ...logs,
    openEvents(eventOptions) {
      const open = (signal: AbortSignal) =>
        openOn(sockets.events)({ path: '/events', query: toEventQuery(eventOptions) }, signal);
      const source = { endpoint: display, closed: life.signal, open, skewMs, onWarning };
      return openEvents({ ...source, onExcess: caller.giveUp }, eventOptions);
    },
    hasClockStepped: clock.hasStepped,
    traffic: caller.traffic,
    close() {
      const closed = toClosed(display);
      caller.close(closed);
      life.abort(closed);
      kept.close();
      sockets.close();
    },
  };
}

function toClosed(display: string): EngineError {
  return new EngineError('closed', `The connection to ${display} was closed.`);
}

function expectPong(words: string, display: string): void {
  if (words.trim() === 'OK') return;
  throw new EngineError('garbled', `${display} answers /_ping, but not as Docker does.`);
}

/** Counts what came as kept; where that is too much, nothing more is read of this engine for a while. */
function keepOrGiveUp(act: () => void, giveUp: (error: EngineError) => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof EngineError) giveUp(error);
    throw error;
  }
}
