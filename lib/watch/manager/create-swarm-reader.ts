import { type EngineClient, EngineError, type EngineEvent } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import {
  createTouchPlan,
  isFullListCheaper,
  isInTransition,
  type Touched,
  toListPaceMs,
} from './touch-plan.ts';

/** Reads nodes, services and tasks from whichever manager is active: all at first, then what something happened to. */
export interface SwarmReader {
  /** From now on reads from this manager. */
  use(client: EngineClient): void;
  /** One full list. Rejects when it fails. */
  sync(): Promise<void>;
  /** Starts reading as events, hints and the pace ask for it. */
  keepPace(): void;
  onEvent(event: EngineEvent): void;
  touchService(serviceId: string): void;
  touchTask(taskId: string): void;
  /** Stops everything under way; hints that wait are kept for when the pace goes on. */
  pause(): void;
}

export interface SwarmReaderOptions {
  client: EngineClient;
  clock: Clock;
  emit(observation: Observation): void;
  onNodes(nodes: SwarmNode[]): void;
  isCovered(): boolean;
  onListed(): void;
  onOverdue(): void;
  onFailed(error: unknown): void;
}

const NODES = 'nodes';
/** Full lists that hints ask for are at least this far apart, and 20 times what one takes. */
const FULL_GAP_MS = 250;

export function createSwarmReader(options: SwarmReaderOptions): SwarmReader {
  const { clock, emit, onNodes, isCovered, onListed, onOverdue, onFailed } = options;
  const plan = createTouchPlan();
  const nodePlan = createTouchPlan();
  let client = options.client;
  let serviceIds = new Set<string>();
  let tasksOf = new Map<string, Task[]>();
  let serviceOf = new Map<string, string>();
  const inTransitionSince = new Map<string, number>();
  let epoch = 0;
  let paced = false;
  let touchTimer: Timer | null = null;
  let fullTimer: Timer | null = null;
  const lateTimers = new Set<Timer>();
  let targetedUnderWay = false;
  let targetedNotBeforeMs = 0;
  let fullUnderWay = false;
  let fullNotBeforeMs = 0;
  let fullTookMs = 0;
  /** Services read while a full list was under way: fresher than what it will say. */
  let fresher = new Set<string>();

  function inTime<T>(call: Promise<T>): Promise<T> {
    const timer = clock.setTimer(LIMITS.lateMs, onOverdue);
    lateTimers.add(timer);
    return call.finally(() => {
      timer.cancel();
      lateTimers.delete(timer);
    });
  }

  function watchTransition(serviceId: string) {
    const nowMs = clock.steadyMs();
    if (!(tasksOf.get(serviceId) ?? []).some(isInTransition)) {
      inTransitionSince.delete(serviceId);
      return;
    }
    const sinceMs = inTransitionSince.get(serviceId) ?? nowMs;
    inTransitionSince.set(serviceId, sinceMs);
    const fast = nowMs - sinceMs < LIMITS.transitionFastForMs;
    plan.ensure(serviceId, fast ? LIMITS.transitionMs : LIMITS.transitionSlowMs, nowMs);
  }

  function keepTasks(serviceId: string, tasks: Task[]) {
    for (const { id } of tasksOf.get(serviceId) ?? []) serviceOf.delete(id);
    if (tasks.length > 0) tasksOf.set(serviceId, tasks);
    else tasksOf.delete(serviceId);
    for (const { id } of tasks) serviceOf.set(id, serviceId);
    watchTransition(serviceId);
  }

  function applyFull(nodes: SwarmNode[], services: Service[], listed: Task[]) {
    const tasks = listed.filter(({ serviceId }) => !fresher.has(serviceId));
    for (const serviceId of fresher) tasks.push(...(tasksOf.get(serviceId) ?? []));
    serviceIds = new Set(services.map(({ id }) => id));
    const grouped = Map.groupBy(tasks, ({ serviceId }) => serviceId);
    tasksOf = grouped;
    serviceOf = new Map(tasks.map(({ id, serviceId }) => [id, serviceId]));
    for (const serviceId of inTransitionSince.keys())
      if (!grouped.has(serviceId)) inTransitionSince.delete(serviceId);
    onNodes(nodes);
    emit({ kind: 'nodes', nodes });
    emit({ kind: 'services', services, complete: true });
    emit({ kind: 'tasks', tasks, serviceIds: null });
    for (const serviceId of grouped.keys()) watchTransition(serviceId);
  }

  async function full(): Promise<boolean> {
    const mine = epoch;
    const sentMs = clock.steadyMs();
    fullUnderWay = true;
    fresher = new Set();
    fullTimer?.cancel();
    fullTimer = null;
    const [nodes, services, tasks] = await inTime(
      Promise.all([client.listNodes(), client.listServices(null), client.listTasks(null)]),
    );
    if (mine !== epoch) return false;
    fullUnderWay = false;
    const nowMs = clock.steadyMs();
    fullTookMs = nowMs - sentMs;
    fullNotBeforeMs = nowMs + Math.max(FULL_GAP_MS, 20 * fullTookMs);
    applyFull(nodes, services, tasks);
    return true;
  }

  async function targeted(touched: Touched[]) {
    const ids = touched.map(({ serviceId }) => serviceId);
    const specs = touched
      .filter(({ serviceId, spec }) => spec || !serviceIds.has(serviceId))
      .map(({ serviceId }) => serviceId);
    const mine = epoch;
    const [tasks, services] = await inTime(
      Promise.all([client.listTasks(ids), specs.length > 0 ? client.listServices(specs) : []]),
    );
    if (mine !== epoch) return;
    if (services.length > 0) emit({ kind: 'services', services, complete: false });
    for (const { id } of services) serviceIds.add(id);
    const found = new Set(services.map(({ id }) => id));
    for (const id of specs)
      if (!found.has(id) && serviceIds.delete(id)) emit({ kind: 'service-gone', serviceId: id });
    const grouped = Map.groupBy(tasks, ({ serviceId }) => serviceId);
    for (const id of ids) {
      keepTasks(id, grouped.get(id) ?? []);
      fresher.add(id);
    }
    emit({ kind: 'tasks', tasks, serviceIds: ids });
  }

  async function readNodes() {
    const mine = epoch;
    const nodes = await inTime(client.listNodes());
    if (mine !== epoch) return;
    onNodes(nodes);
    emit({ kind: 'nodes', nodes });
  }

  /** Runs one paced read; only failures that concern the manager as a whole are passed on. */
  function run(read: () => Promise<unknown>, done: () => void, always: boolean) {
    const mine = epoch;
    read().then(
      () => {
        if (mine !== epoch) return;
        done();
        onListed();
        schedule();
      },
      (error: unknown) => {
        if (mine !== epoch) return;
        done();
        const harmless = error instanceof EngineError && error.kind === 'http' && !always;
        if (harmless) schedule();
        else onFailed(error);
      },
    );
  }

  function runFull() {
    if (fullUnderWay) return;
    run(full, planFull, true);
  }

  function planFull() {
    fullUnderWay = false;
    const paceMs = toListPaceMs({ tookMs: fullTookMs, tasks: serviceOf.size, covered: isCovered() });
    fullIn(paceMs * (0.9 + clock.random() * 0.2));
  }

  function fullIn(delayMs: number) {
    fullTimer?.cancel();
    fullTimer = clock.setTimer(delayMs, () => {
      fullTimer = null;
      runFull();
    });
  }

  function runTouched() {
    const nowMs = clock.steadyMs();
    if (nodePlan.take(nowMs, 0).length > 0) run(readNodes, () => {}, false);
    if (targetedUnderWay || nowMs < targetedNotBeforeMs) return;
    const touched = plan.take(nowMs, 20);
    if (touched.length === 0) return;
    if (isFullListCheaper(touched.length, serviceIds.size) && !fullUnderWay && nowMs >= fullNotBeforeMs)
      return runFull();
    for (const { serviceId, spec } of touched.slice(LIMITS.touchedMax))
      plan.touch(serviceId, [LIMITS.serviceLadderMs[0]], nowMs, spec);
    targetedUnderWay = true;
    const now = touched.slice(0, LIMITS.touchedMax);
    run(
      () => targeted(now),
      () => {
        targetedUnderWay = false;
        const doneMs = clock.steadyMs();
        // A few services are read with priority; many, at a pace that leaves the manager its peace.
        targetedNotBeforeMs = doneMs + Math.min(1_000, (now.length > 5 ? 10 : 3) * (doneMs - nowMs));
      },
      false,
    );
  }

  function schedule() {
    touchTimer?.cancel();
    touchTimer = null;
    if (!paced) return;
    const nowMs = clock.steadyMs();
    const nodesMs = nodePlan.nextMs();
    const servicesMs = targetedUnderWay ? null : plan.nextMs();
    const dueMs = Math.min(
      nodesMs ?? Number.POSITIVE_INFINITY,
      servicesMs === null ? Number.POSITIVE_INFINITY : Math.max(servicesMs, targetedNotBeforeMs),
    );
    if (dueMs === Number.POSITIVE_INFINITY) return;
    touchTimer = clock.setTimer(Math.max(0, dueMs - nowMs), () => {
      touchTimer = null;
      runTouched();
      schedule();
    });
  }

  function touch(serviceId: string, ladderMs: readonly number[], spec: boolean) {
    plan.touch(serviceId, ladderMs, clock.steadyMs(), spec);
    schedule();
  }

  return {
    use(next) {
      client = next;
    },
    async sync() {
      await full();
    },
    keepPace() {
      paced = true;
      planFull();
      schedule();
    },
    onEvent(event) {
      if (event.kind === 'service') {
        if (event.action === 'remove' && serviceIds.delete(event.serviceId))
          emit({ kind: 'service-gone', serviceId: event.serviceId });
        touch(event.serviceId, LIMITS.serviceLadderMs, event.action !== 'remove');
      } else if (event.kind === 'node') {
        nodePlan.touch(NODES, LIMITS.nodeLadderMs, clock.steadyMs(), false);
        for (const [serviceId, tasks] of tasksOf)
          if (tasks.some(({ nodeId }) => nodeId === event.nodeId))
            touch(serviceId, LIMITS.nodeLadderMs, false);
        schedule();
      }
    },
    touchService: (serviceId) => touch(serviceId, LIMITS.hintLadderMs, false),
    touchTask(taskId) {
      const serviceId = serviceOf.get(taskId);
      if (serviceId !== undefined) touch(serviceId, LIMITS.hintLadderMs, false);
      else if (paced && !fullUnderWay) fullIn(Math.max(FULL_GAP_MS, fullNotBeforeMs - clock.steadyMs()));
    },
    pause() {
      epoch += 1;
      paced = false;
      fullUnderWay = false;
      targetedUnderWay = false;
      targetedNotBeforeMs = 0;
      fullNotBeforeMs = 0;
      for (const timer of lateTimers) timer.cancel();
      lateTimers.clear();
      touchTimer?.cancel();
      fullTimer?.cancel();
      touchTimer = null;
      fullTimer = null;
    },
  };
}
