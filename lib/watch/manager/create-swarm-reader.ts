import { type EngineClient, EngineError, type EngineEvent } from '#lib/engine/port.ts';
import { createOneTimer } from '#lib/flow/create-one-timer.ts';
import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { type Attempts, createAttempts } from '#lib/watch/create-attempts.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { Log } from '#lib/watch/log.ts';
import { createFullLists, FULL_GAP_MS } from './create-full-lists.ts';
import { createListReader, type ListReader } from './create-list-reader.ts';
import { createNetworkReader, type NetworkReader } from './create-network-reader.ts';
import { createSpotReads, type SpotReads } from './create-spot-reads.ts';
import { createListGate, type ListGate } from './list-gate.ts';
import { createTouchPlan, type Due, isFullListCheaper, type Touched, type TouchPlan } from './touch-plan.ts';

/** Reads nodes, services and tasks from whichever manager is active: all at first, then what something happened to. */
export interface SwarmReader {
  /** From now on reads from this manager. */
  use(client: EngineClient): void;
  /** One full list. Rejects when it fails. */
  sync(): Promise<void>;
  /** Starts reading as events, hints and the pace ask for it. */
  keepPace(): void;
  onEvent(event: EngineEvent): void;
  /** @param taskId of its tasks this one; left out, of whichever */
  touchService(serviceId: string, taskId?: string | null): void;
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
  /** The manager answered. */
  onActivity(): void;
  onListed(): void;
  onOverdue(): void;
  /** There are other managers to turn to. */
  hasOthers: boolean;
  /** How long a manager may take to say whether it reaches a leader, ms. */
  patienceMs(): number;
  /** It does not say so, or reaches none. */
  onHang(error: unknown): void;
  onFailed(error: unknown): void;
  log?: Log;
}

const NODES = 'nodes';
const NODES_TOGETHER_MS = 20;
/** One budget for all services, each read for all that wait: a few are read at once, many do not keep a manager busy. */
const TARGETED = { perSecond: LIMITS.touchedPerSecond, burst: LIMITS.touchedBurst };

interface PacedRead {
  read(): Promise<unknown>;
  /** Whatever its outcome. */
  done(): void;
  /** Does any failure of it concern the manager as a whole? Else only those do that are more than an HTTP error. */
  isVital: boolean;
}

export function createSwarmReader(options: SwarmReaderOptions): SwarmReader {
  const { clock, isCovered } = options;
  const networks = createNetworkReader(options);
  const lists = createListReader({ ...options, emit: toListEmit(options, networks) });
  const servicePlan = createTouchPlan();
  const nodePlan = createTouchPlan();
  const full = createListGate();
  const targeted = createListGate(createTokenBucket({ ...TARGETED, nowMs: clock.steadyMs }));
  const attempts = createAttempts();
  const touchTimer = createOneTimer(clock, onTouchDue);
  const fullTimer = createOneTimer(clock, runFull);
  const nodes = createTouchedNodes(clock, touchNodes);
  const fullLists = createFullLists({ lists, plan: servicePlan, full, clock, timer: fullTimer, isCovered });
  let isPaced = false;

  // Is it this one alone that the manager does not answer?
  const run = toRun(attempts, options, schedule, () => planFullIn(LIMITS.contradictionMs));
  const spots = toSpots({ clock, lists, fullLists, full, targeted, run });
  const planFullIn = (minMs: number) => fullTimer.in(Math.max(minMs, full.waitMs(clock.steadyMs())));

  function runFull() {
    if (!full.isUnderWay()) run({ read: fullLists.read, done: fullLists.planNext, isVital: true });
  }

  function runTouched() {
    const nowMs = clock.steadyMs();
    if (nodePlan.take(nowMs, 0).length > 0) run({ read: lists.readNodes, done() {}, isVital: false });
    if (!targeted.isOpen(nowMs)) return;
    fullLists.planWholes(nowMs);
    const touched = servicePlan.take(nowMs, 20);
    if (touched.length === 0) return;
    if (isAllCheaper(touched, lists) && full.isOpen(nowMs)) return runFull();
    const now = keepFirst(servicePlan, touched);
    targeted.begin(nowMs);
    const done = () => targeted.end(clock.steadyMs(), toTouchedGapMs(now.length));
    run({ read: () => fullLists.readServices(now), done, isVital: false });
  }

  function onTouchDue() {
    runTouched();
    schedule();
  }

  function schedule() {
    touchTimer.cancel();
    if (!isPaced) return;
    const waitMs = toTouchWaitMs(nodePlan, [servicePlan, fullLists.wholes], targeted, clock.steadyMs());
    if (waitMs !== null) touchTimer.in(waitMs);
  }

  /** What runs there is found for all nodes at once: it takes a walk over every task. */
  function touchNodes(touched: ReadonlySet<string>) {
    const nowMs = clock.steadyMs();
    for (const serviceId of lists.listed.servicesOn(touched))
      servicePlan.touch(serviceId, LIMITS.nodeLadderMs, nowMs, { spec: false });
    schedule();
  }

  function touch(serviceId: string, ladderMs: readonly number[], what: Omit<Touched, 'serviceId'>) {
    servicePlan.touch(serviceId, ladderMs, clock.steadyMs(), what);
    schedule();
  }

  const hint = (serviceId: string, taskId: string | null) =>
    touch(serviceId, LIMITS.hintLadderMs, toHinted(lists, serviceId, taskId));

  return {
    use(client) {
      lists.use(client);
      networks.use(client);
    },
    sync: async () => void (await fullLists.read()),
    keepPace() {
      isPaced = true;
      fullLists.planNext();
      schedule();
      networks.keepPace();
      spots.keepPace();
    },
    onEvent(event) {
      if (event.kind === 'service') {
        if (event.action === 'remove') lists.removeService(event.serviceId);
        touch(event.serviceId, LIMITS.serviceLadderMs, { spec: event.action !== 'remove', slots: null });
      } else if (event.kind === 'node') {
        nodePlan.touch(NODES, LIMITS.nodeLadderMs, clock.steadyMs(), { spec: false });
        nodes.touch(event.nodeId);
        schedule();
      }
    },
    touchService: (serviceId, taskId = null) => hint(serviceId, taskId),
    touchTask(taskId) {
      const serviceId = lists.listed.serviceOfTask(taskId);
      if (serviceId !== null) hint(serviceId, taskId);
      else if (isPaced && !full.isUnderWay()) planFullIn(FULL_GAP_MS);
    },
    pause() {
      attempts.drop();
      isPaced = false;
      lists.drop();
      networks.pause();
      spots.pause();
      full.reset();
      targeted.reset();
      for (const timer of [touchTimer, fullTimer, nodes]) timer.cancel();
    },
  };
}

/** What networks services are in is looked at as they are listed. */
function toListEmit({ emit }: Pick<SwarmReaderOptions, 'emit'>, networks: NetworkReader) {
  return (observation: Observation): void => {
    emit(observation);
    if (observation.kind === 'services') networks.see(observation.services);
  };
}

/** Nodes of which there were events, together a moment later. */
function createTouchedNodes(clock: Clock, onDue: (nodeIds: ReadonlySet<string>) => void) {
  let touched = new Set<string>();
  const timer = createOneTimer(clock, () => {
    const due = touched;
    touched = new Set();
    onDue(due);
  });
  return {
    touch(nodeId: string) {
      if (touched.size === 0) timer.in(NODES_TOGETHER_MS);
      touched.add(nodeId);
    },
    cancel() {
      timer.cancel();
      touched.clear();
    },
  };
}

/** What a hint of a task is looked for in. */
function toHinted({ listed }: ListReader, serviceId: string, taskId: string | null) {
  return { spec: false, slots: listed.slotsAfter(serviceId, ({ id }) => id === taskId) };
}

function toSpots(parts: {
  clock: Clock;
  lists: ListReader;
  fullLists: ReturnType<typeof createFullLists>;
  full: ListGate;
  targeted: ListGate;
  run(read: PacedRead): void;
}): SpotReads {
  const { clock, lists, fullLists, full, targeted, run } = parts;
  // What one service or the nodes are refused for, all of it is asked for then.
  const runSpot = (read: () => Promise<unknown>) => run({ read, done() {}, isVital: false });
  return createSpotReads({
    clock,
    listed: lists.listed,
    listedAtMs: full.endedMs,
    isUnderWay: () => full.isUnderWay() || targeted.isUnderWay(),
    readService: (serviceId) =>
      runSpot(() => fullLists.readServices([{ serviceId, spec: true, slots: null }])),
    readNodes: () => runSpot(lists.readNodes),
  });
}

/** How one read is made: its outcome is worthless once all is dropped. */
function toRun(
  attempts: Attempts,
  { onListed, onFailed }: Pick<SwarmReaderOptions, 'onListed' | 'onFailed'>,
  schedule: () => void,
  onRefused: () => void,
) {
  return ({ read, done, isVital }: PacedRead): void =>
    attempts.attempt(
      read(),
      () => {
        done();
        onListed();
        schedule();
      },
      (error) => {
        done();
        const isHarmless = error instanceof EngineError && error.kind === 'http' && !isVital;
        if (!isHarmless) return onFailed(error);
        schedule();
        onRefused();
      },
    );
}

/** In how long the next read of what was touched is due; `null`: none is, or one is under way. */
function toTouchWaitMs(
  nodes: TouchPlan,
  services: readonly TouchPlan[],
  targeted: ListGate,
  nowMs: number,
): number | null {
  const toNextMs = (plan: TouchPlan) => plan.nextMs() ?? Number.POSITIVE_INFINITY;
  const gateMs = targeted.isUnderWay() ? Number.POSITIVE_INFINITY : nowMs + targeted.waitMs(nowMs);
  const servicesMs = Math.max(gateMs, Math.min(...services.map(toNextMs)));
  const dueMs = Math.min(toNextMs(nodes), servicesMs);
  return dueMs === Number.POSITIVE_INFINITY ? null : Math.max(0, dueMs - nowMs);
}

function isAllCheaper(touched: readonly Touched[], { listed }: ListReader): boolean {
  const tasks = touched.reduce(
    (sum, { serviceId, slots }) => sum + (slots?.size ?? listed.tasksOf(serviceId).length),
    0,
  );
  return isFullListCheaper({ services: touched.length, tasks }, listed.countTasks());
}

/** The first of what is due, as many as are asked for in one request; the others stay due, and are the first of the next one. */
function keepFirst(plan: TouchPlan, due: Due[]): Due[] {
  for (const one of due.slice(LIMITS.touchedMax)) plan.postpone(one);
  return due.slice(0, LIMITS.touchedMax);
}

/** A few services are read with priority; many, at a pace that leaves the manager its peace. */
function toTouchedGapMs(count: number) {
  return (tookMs: number) => Math.min(1_000, (count > 5 ? 10 : 3) * tookMs);
}
