import {
  type ContainerSummary,
  type EngineClient,
  EngineError,
  type EngineEvent,
  type EngineIdentity,
  type OpenEventsOptions,
  type OpenLogOptions,
  type TaskPart,
} from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isOverTask, isWantedTask, type Task } from '#lib/model/docker/task.ts';

/** An engine in memory that speaks the port: a test sets what it holds, makes events, and lets it fail. */
export interface FakeEngine {
  client: EngineClient;
  identity: EngineIdentity;
  containers: Map<string, Container>;
  /** Ids that `is-task` leaves out: labelled like a task's, but Swarm did not make them. */
  plain: Set<string>;
  /** What each container has used, by its id; one without an entry does not run. */
  stats: Map<string, ContainerStats>;
  /** What each container wrote, by its id; a container without an entry wrote nothing. */
  logs: Map<string, LogLine[]>;
  /** Adds to a container's log, and sends it to those that follow it. */
  writeLog(containerId: string, ...lines: LogLine[]): void;
  /** So much of a line whose end is still to come. */
  writeLogBytes(containerId: string, bytes: number): void;
  /** Ends every log stream of this container, as when it stops. */
  endLog(containerId: string, error?: EngineError | null): void;
  /** Log streams that are open now. */
  openLogs(): number;
  nodes: SwarmNode[];
  services: Service[];
  tasks: Task[];
  networks: DockerNetwork[];
  /**
   * - `up` answers
   * - `frozen` accepts and never answers; pings run into their limit; what was asked is answered once it is `up`
   * - `refused` every call fails at once, streams end
   */
  mode: 'up' | 'frozen' | 'refused';
  /** Calls of this name reject with this error, while set. */
  failing: Map<string, EngineError>;
  /** Do its answers show that a clock was set? */
  clockStepped: boolean;
  /** Its leader is gone: its lists hang until their limit, also those asked before it has one again; `/info` comes late. */
  lostLeader: boolean;
  /** Containers whose inspect has no answer. */
  hanging: Set<string>;
  /** How long each call takes; 0 = at once. */
  delayMs: number;
  /** Requests so far, by name. */
  counts: Record<string, number>;
  openStreams(): number;
  emit(event: EngineEvent): void;
  /** What every open stream asked for. */
  opened: OpenEventsOptions[];
  setMode(mode: 'up' | 'frozen' | 'refused'): void;
  endStreams(error?: EngineError | null): void;
}

/** As the client has for lists that a manager answers. */
const HUNG_LIST_MS = 15_000;

interface Waiting {
  settle(): void;
}

export function createFakeEngine(
  clock: { nowMs(): number; setTimer(delayMs: number, run: () => void): { cancel(): void } },
  options: { endpoint?: string; nodeId?: string; manager?: boolean } = {},
): FakeEngine {
  const nodeId = options.nodeId ?? 'node-1';
  const streams = new Set<OpenEventsOptions>();
  const logStreams = new Set<{ containerId: string; options: OpenLogOptions; isPaused: boolean }>();
  let waiting: Waiting[] = [];
  const hungLists: (() => void)[] = [];
  let closed = false;

  const refused = () => new EngineError('unreachable', `${engine.client.endpoint} refuses connections.`);

  function call<T>(name: string, answer: () => T, limitMs: number | null = null): Promise<T> {
    engine.counts[name] = (engine.counts[name] ?? 0) + 1;
    return new Promise<T>((resolve, reject) => {
      let settled = false;
      const settle = () => {
        if (settled) return;
        if (closed) return finish(() => reject(new EngineError('closed', 'closed')));
        if (engine.mode === 'refused') return finish(() => reject(refused()));
        if (engine.mode === 'frozen') {
          waiting.push({ settle });
          return;
        }
        const error = engine.failing.get(name);
        finish(() => {
          if (error) return reject(error);
          try {
            resolve(answer());
          } catch (refusal) {
            reject(refusal);
          }
        });
      };
      const finish = (act: () => void) => {
        settled = true;
        limit?.cancel();
        act();
      };
      const limit =
        limitMs === null
          ? null
          : clock.setTimer(limitMs, () =>
              finish(() => reject(new EngineError('timeout', 'It does not answer.'))),
            );
      if (engine.delayMs > 0) clock.setTimer(engine.delayMs, settle);
      else queueMicrotask(settle);
    });
  }

  function hang(name: string, limitMs: number): Promise<never> {
    engine.counts[name] = (engine.counts[name] ?? 0) + 1;
    return new Promise((_, reject) =>
      clock.setTimer(limitMs, () => reject(new EngineError('timeout', 'It does not answer.'))),
    );
  }

  /** As `call`; behind a lost leader it ends when nobody waits for it any more, or at its limit. */
  function list<T>(name: string, answer: () => T): Promise<T> {
    if (!engine.lostLeader) return call(name, answer);
    const dropped = new Promise<never>((_, reject) => {
      hungLists.push(() => reject(new EngineError('timeout', 'It did not answer in full.')));
    });
    return Promise.race([hang(name, HUNG_LIST_MS), dropped]);
  }

  const engine: FakeEngine = {
    identity: {
      hostname: nodeId,
      engineVersion: '20.10.24',
      apiVersion: '1.41',
      nodeId,
      localNodeState: 'active',
      lookalike: null,
      controlAvailable: options.manager ?? true,
      swarmError: null,
      swarm: { id: 'swarm-1', name: 'default', error: null, rotation: null },
      agentLevel: null,
      skewMs: 0,
    },
    containers: new Map(),
    plain: new Set(),
    stats: new Map(),
    logs: new Map(),
    writeLog(containerId, ...lines) {
      engine.logs.set(containerId, [...(engine.logs.get(containerId) ?? []), ...lines]);
      for (const log of [...logStreams]) {
        if (log.containerId === containerId && !log.isPaused) log.options.onLines(lines);
      }
    },
    writeLogBytes(containerId, bytes) {
      for (const log of [...logStreams]) if (log.containerId === containerId) log.options.onBytes?.(bytes);
    },
    endLog(containerId, error = null) {
      for (const log of [...logStreams]) {
        if (log.containerId !== containerId) continue;
        logStreams.delete(log);
        log.options.onClose(error);
      }
    },
    openLogs: () => logStreams.size,
    nodes: [],
    services: [],
    tasks: [],
    networks: [],
    mode: 'up',
    failing: new Map(),
    clockStepped: false,
    lostLeader: false,
    hanging: new Set(),
    delayMs: 0,
    counts: {},
    opened: [],
    openStreams: () => streams.size,
    emit(event) {
      if (engine.mode !== 'up') return;
      for (const stream of streams) stream.onEvent(event);
    },
    setMode(mode) {
      engine.mode = mode;
      if (mode === 'frozen') return;
      const settled = waiting;
      waiting = [];
      for (const each of settled) each.settle();
      if (mode === 'refused') engine.endStreams(refused());
    },
    endStreams(error = null) {
      for (const stream of [...streams]) {
        streams.delete(stream);
        stream.onClose(error);
      }
    },
    client: {
      endpoint: options.endpoint ?? `tcp://${nodeId}:2375`,
      identify: () => {
        const swarmError = engine.lostLeader ? 'It does not answer for its swarm in time.' : null;
        return call('identify', () => ({
          ...engine.identity,
          ...(swarmError === null ? {} : { swarmError }),
        }));
      },
      hasClockStepped: () => engine.clockStepped,
      ping: (limitMs) => call('ping', () => undefined, limitMs),
      readPlainContainers: () => call('readPlainContainers', () => ({ containers: [], more: 0 })),
      checkPorts: (places) =>
        call('checkPorts', () =>
          places.map((place) => ({ ...place, answer: 'not-asked' as const, ms: null })),
        ),
      listNetworks: () => call('listNetworks', () => engine.networks),
      listManagers: (limitMs) => {
        const managers = () => engine.nodes.filter(({ manager }) => manager !== null);
        return engine.lostLeader ? hang('listManagers', limitMs) : call('listManagers', managers, limitMs);
      },
      dropSwarmLists() {
        engine.counts.dropSwarmLists = (engine.counts.dropSwarmLists ?? 0) + 1;
        for (const end of hungLists.splice(0)) end();
      },
      listNodes: () => list('listNodes', () => [...engine.nodes]),
      listServices: (ids) =>
        list(ids ? 'listServicesOf' : 'listServices', () =>
          engine.services.filter(({ id }) => !ids || ids.includes(id)),
        ),
      listTasks: (ids) =>
        list(ids ? 'listTasksOf' : 'listTasks', () =>
          engine.tasks.filter(({ serviceId }) => !ids || ids.includes(serviceId)),
        ),
      async *listTasksInTurns(turns) {
        for (const ids of turns)
          yield await call('listTasksInTurns', () =>
            engine.tasks.filter(({ serviceId }) => ids.includes(serviceId)),
          );
      },
      relistTasks: (ids, known, part) =>
        list(part ? 'relistPart' : 'relistTasks', () => relist(engine.tasks, ids, known, part)),
      listContainers: (ids) =>
        call('listContainers', () =>
          [...engine.containers.values()]
            .filter(({ id }) => !engine.plain.has(id) && (ids === undefined || ids.includes(id)))
            .map(toSummary),
        ),
      findStopped: (ids) =>
        call('findStopped', () => ({
          stopped: ids.filter((id) => ![undefined, 'running'].includes(engine.containers.get(id)?.state)),
          isMissing: ids.some((id) => !engine.containers.has(id)),
        })),
      inspectContainer(id, limitMs = 10_000) {
        const inspect = () => {
          const container = engine.containers.get(id);
          const nowMs = clock.nowMs();
          return container ? { ...container, readAtMs: nowMs, inspectedAtMs: nowMs } : null;
        };
        const isLate = engine.hanging.has(id) || engine.delayMs > limitMs;
        return isLate ? hang('inspectContainer', limitMs) : call('inspectContainer', inspect);
      },
      readStats: (id) => call('readStats', () => engine.stats.get(id) ?? null),
      readLog: (id, range) =>
        call('readLog', () => {
          if (!engine.containers.has(id)) throw new EngineError('http', 'The container is gone.', 404);
          return newestLines(engine.logs.get(id) ?? [], range);
        }),
      openLog(id, options) {
        engine.counts.openLog = (engine.counts.openLog ?? 0) + 1;
        const log = { containerId: id, options, isPaused: false };
        let open = true;
        queueMicrotask(() => {
          if (!open || closed || engine.mode === 'frozen') return;
          if (engine.mode === 'refused') return options.onClose(refused());
          const error = engine.failing.get('openLog');
          if (error) return options.onClose(error);
          options.onOpen?.();
          const lines = newestLines(engine.logs.get(id) ?? [], { ...options, untilMs: null });
          if (options.follow) logStreams.add(log);
          if (lines.length > 0) options.onLines(lines);
          if (!options.follow) options.onClose(null);
        });
        return {
          pause() {
            log.isPaused = true;
          },
          resume() {
            log.isPaused = false;
          },
          close() {
            open = false;
            logStreams.delete(log);
          },
        };
      },
      openEvents(stream) {
        engine.counts.openEvents = (engine.counts.openEvents ?? 0) + 1;
        engine.opened.push(stream);
        let open = true;
        queueMicrotask(() => {
          if (!open || closed || engine.mode === 'frozen') return;
          if (engine.mode === 'refused') return stream.onClose(refused());
          streams.add(stream);
          stream.onOpen();
        });
        return {
          close() {
            open = false;
            streams.delete(stream);
          },
        };
      },
      close() {
        closed = true;
        streams.clear();
        logStreams.clear();
        for (const each of waiting.splice(0)) each.settle();
      },
    },
  };
  return engine;
}

function newestLines(
  lines: LogLine[],
  { tail, sinceMs, untilMs }: { tail: number | null; sinceMs: number | null; untilMs: number | null },
): LogLine[] {
  const inRange = lines.filter(
    ({ atMs }) => (sinceMs === null || atMs >= sinceMs) && (untilMs === null || atMs <= untilMs),
  );
  return tail === null ? inRange : inRange.slice(Math.max(0, inRange.length - tail));
}

/** As the port has it: those that are over are as they were known when it was asked. */
function relist(
  tasks: readonly Task[],
  ids: readonly string[],
  known: readonly Task[],
  part?: TaskPart,
): Task[] {
  const asKnown = known.filter((task) => isOverTask(task) || part?.has(task) === false);
  const isKnown = new Set(known.map(({ id }) => id));
  const taken = new Set(asKnown.map(({ id }) => id));
  const found = tasks.filter(
    (task) =>
      ids.includes(task.serviceId) &&
      (part?.has(task) ?? true) &&
      !taken.has(task.id) &&
      (isKnown.has(task.id) || isWantedTask(task)),
  );
  return [...found, ...asKnown];
}

function toSummary(container: Container): ContainerSummary {
  return {
    id: container.id,
    taskId: container.taskId,
    state: container.state,
    healthStatus: container.state === 'running' ? (container.health?.status ?? null) : null,
    failingStreak: null,
    isHealthWhole: false,
    createdAtMs: null,
    up: null,
    skewMs: container.skewMs,
  };
}
