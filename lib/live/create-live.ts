import type { FactListener, Facts } from '#lib/facts/create-facts.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { compareNodes, compareServices } from '#lib/model/contract/picture-order.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { deriveReplicaDetail } from '#lib/model/derive/derive-replica-detail.ts';
import { deriveServiceDetail, type ServiceDetailFacts } from '#lib/model/derive/derive-service-detail.ts';
import { deriveSources, deriveSwarmHead } from '#lib/model/derive/derive-swarm-head.ts';
import { diffPicture } from '#lib/model/derive/diff-picture.ts';
import { createCostPace } from './create-cost-pace.ts';
import { createDecisions } from './create-decisions.ts';
import type { LiveTimers } from './live-timers.ts';
import type { PictureUpdate } from './picture-update.ts';
import { replaceItems } from './replace-items.ts';
import { type Touched, touch } from './touch.ts';

export interface Live {
  /** To be given what each observation changed, also when that is nothing. */
  observe: FactListener;
  /** Calls `listener` with each revision. */
  subscribe(listener: (update: PictureUpdate) => void): void;
  /** The newest picture, with everything applied so far decided. */
  picture(): SwarmPicture;
  /** The revision of what viewers were told; costs nothing, other than `picture().revision`. */
  revision(): number;
  /** By name or id. */
  serviceDetail(name: string): ServiceDetail | null;
  replicaDetail(name: string, key: string): ReplicaDetail | null;
  /** Why a replica of the newest picture is as it is, without words; `null` when there is nothing to say. */
  reasonOf(serviceId: string, key: string): Reason | null;
  close(): void;
}

/** So long may it take until it shows which probe of a replica that is well was the last; longer where many pass. */
const DEFERRED_MS = 1_000;
/** Services decided anew at a time for that alone: at 10,000 replicas each in its turn, within a minute. */
const DEFERRED_AT_ONCE = 20;
/** The same where somebody asks for the picture: a swarm of up to so many services is told as of now. */
const DEFERRED_ASKED = 100;
/** Decided at a time; one service of thousands of replicas takes longer. */
const SLICE_MS = 8;
/** While somebody waits for an answer. */
const ASKED_MS = 50;
/** After so much of deciding what is decided is shown, though it is not all. */
const SHOW_MS = 50;

/**
 * The picture in memory: decides anew what a change of the facts touched and nothing else, and hands out what changed in
 * the picture by that. Observations of one turn of the event loop become one revision.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: when to decide is to get a file of its own.
export function createLive(options: {
  facts: Facts;
  timers: LiveTimers;
  demo: boolean;
  /** The language in which the picture says why. */
  wording: Wording;
}): Live {
  const { facts, timers } = options;
  const listeners: ((update: PictureUpdate) => void)[] = [];
  const touched: Touched = {
    services: new Set(),
    deferredServices: new Set(),
    nodes: true,
    deferredNodes: false,
  };
  const decisions = createDecisions(facts, options.wording);
  let ready = false;
  /** When anything was last heard, be it that all is as it was. */
  let confirmedAtMs = timers.nowMs();
  /** Decided, and not shown yet. */
  let decided = new Map<string, ServicePicture | null>();
  /** What deciding took since something was shown. */
  let runMs = 0;
  const pace = createCostPace(timers.steadyMs);
  let state: 'idle' | 'planned' | 'waiting' = 'idle';
  let recheckTimer: { cancel(): void } | null = null;
  let deferredTimer: { cancel(): void } | null = null;
  let waitTimer: { cancel(): void } | null = null;
  let closed = false;
  let picture: SwarmPicture = {
    ...headOf([], [], null),
    revision: 0,
    atMs: timers.nowMs(),
    nodes: [],
    services: [],
  };

  function headOf(
    nodeList: NodePicture[],
    serviceList: ServicePicture[],
    previous: SwarmPicture | null,
  ): ReturnType<typeof deriveSwarmHead> {
    return deriveSwarmHead({
      swarm: facts.swarm(),
      managers: facts.managers(),
      sources:
        previous !== null && !touched.nodes
          ? previous.sources
          : deriveSources(facts.managers(), facts.engines(), previous?.sources ?? null),
      nodes: nodeList,
      services: serviceList,
      roots: decisions.swarmRoots(),
      ready,
      demo: options.demo,
      previous: previous && toSwarmHead(previous),
      wording: options.wording,
      nowMs: timers.nowMs(),
    });
  }

  /** Takes in what time alone changed, and of what nobody waits for so many services. */
  function gather(deferred: number, nowMs: number): void {
    for (const serviceId of decisions.findDue(nowMs)) touched.services.add(serviceId);
    if (decisions.hasListingChanged(nowMs)) for (const { id } of facts.services()) touched.services.add(id);
    for (const serviceId of firstOf(touched.deferredServices, deferred)) touched.services.add(serviceId);
    if (deferred > 0 && touched.deferredNodes) touched.nodes = true;
  }

  /** Decides services that were touched for as long as it may take. @returns whether that were all */
  function decideServices(withinMs: number, nowMs: number): boolean {
    const untilMs = timers.steadyMs() + withinMs;
    for (const serviceId of touched.services) {
      touched.services.delete(serviceId);
      touched.deferredServices.delete(serviceId);
      decided.set(serviceId, decisions.decideService(serviceId, nowMs));
      if (timers.steadyMs() >= untilMs) break;
    }
    return touched.services.size === 0;
  }

  /**
   * Decides what was touched, a slice at a time, so that others have their turns between. Of a swarm that was never shown
   * nothing is shown before all of it is decided; later on what is decided is shown while the rest still is.
   */
  function decide(deferred: number, withinMs = SLICE_MS): void {
    state = 'idle';
    if (closed) return;
    const begunAtMs = timers.steadyMs();
    const nowMs = timers.nowMs();
    gather(deferred, nowMs);
    const isWhole = decideServices(withinMs, nowMs);
    const tookMs = () => runMs + timers.steadyMs() - begunAtMs;
    const isShown = isWhole || (ready ? tookMs() >= SHOW_MS : isEachDecided());
    if (isShown) {
      publish(nowMs);
      pace.spend(tookMs());
    }
    runMs = isShown ? 0 : tookMs();
    if (!isWhole) goOn();
  }

  /** Once: while a swarm is read for the first time, what is decided is touched again and again. */
  function isEachDecided(): boolean {
    if (!facts.areTasksListed()) return false;
    for (const { id } of facts.services()) if (!decided.get(id)) return false;
    return true;
  }

  function publish(nowMs: number): void {
    const roots = decisions.decideRoots(nowMs);
    for (const [id, service] of roots.services) decided.set(id, service);
    const decidedNodes = decisions.decideNodes(nowMs, touched.nodes ? undefined : roots.nodeIds);
    const nodeList = replaceItems(picture.nodes, decidedNodes, compareNodes);
    ready ||= facts.areTasksListed() && decisions.nodeCount() > 0;
    const serviceList = ready ? replaceItems(picture.services, decided, compareServices) : picture.services;
    // Before the first list nothing may be said of any.
    if (ready || !facts.areTasksListed()) decided = new Map();
    const next: SwarmPicture = {
      ...headOf(nodeList, serviceList, picture),
      revision: picture.revision,
      atMs: nowMs,
      nodes: nodeList,
      services: serviceList,
    };
    if (touched.nodes) touched.deferredNodes = false;
    touched.nodes = false;
    const changes = diffPicture(picture, next);
    const from = picture.revision;
    if (changes.length > 0) next.revision += 1;
    picture = next;
    scheduleRecheck(nowMs);
    if (changes.length > 0) for (const listener of listeners) listener({ from, picture, changes });
  }

  function scheduleRecheck(nowMs: number): void {
    recheckTimer?.cancel();
    recheckTimer = null;
    const firstMs = decisions.nextDueMs();
    if (firstMs === Number.POSITIVE_INFINITY) return;
    // A timer may fire a moment early; one that fires at once for ever would spin.
    recheckTimer = timers.setTimer(Math.max(20, firstMs - nowMs + 5), () => plan());
  }

  const hasDeferred = () => touched.deferredServices.size > 0 || touched.deferredNodes;

  function schedule(): void {
    if (hasDeferred() && !deferredTimer)
      deferredTimer = timers.setTimer(DEFERRED_MS, () => {
        deferredTimer = null;
        gather(DEFERRED_AT_ONCE, timers.nowMs());
        plan();
        schedule();
      });
    if (touched.services.size > 0 || touched.nodes) plan();
  }

  /** At the end of this turn of the event loop, or when deciding has not taken too much of the time any more. */
  function plan(): void {
    if (state !== 'idle') return;
    const waitMs = pace.waitMs();
    if (waitMs === 0) {
      goOn();
      return;
    }
    state = 'waiting';
    waitTimer = timers.setTimer(waitMs, () => {
      if (state === 'waiting') decide(0);
    });
  }

  function goOn(): void {
    state = 'planned';
    setImmediate(() => {
      if (state === 'planned') decide(0);
    });
  }

  /** Before somebody is answered. What takes longer than a person notices is not waited for. */
  function catchUp(): void {
    if (!ready && state === 'planned' && touched.services.size > 0 && decided.size > 0) return;
    if (state === 'planned' || (state === 'idle' && hasDeferred())) decide(DEFERRED_ASKED, ASKED_MS);
  }

  function detailFacts(name: string): ServiceDetailFacts | null {
    const found = picture.services.find((one) => one.name === name) ?? decisions.service(name);
    const service = found && facts.serviceOf(found.id);
    if (!found || !service) return null;
    return {
      picture: found,
      service,
      nowMs: timers.nowMs(),
      wording: options.wording,
      tasks: facts.tasksOf(found.id),
      remembered: [...facts.pastTasksOf(found.id)],
      nodeOf: facts.nodeOf,
      containerOf: facts.containerOf,
      lastContainerOf: facts.lastSeenContainerOf,
      probesOf: facts.probesOf,
    };
  }

  return {
    observe(changes) {
      if (closed) return;
      // What an earlier process saw is no word from the swarm.
      if (changes[0]?.kind !== 'past') confirmedAtMs = timers.nowMs();
      for (const change of changes) touch(touched, change, facts);
      schedule();
    },
    subscribe: (listener) => listeners.push(listener),
    picture() {
      catchUp();
      if (state === 'idle' && picture.atMs < confirmedAtMs) picture = { ...picture, atMs: confirmedAtMs };
      return picture;
    },
    revision: () => picture.revision,
    serviceDetail(name) {
      catchUp();
      const detail = detailFacts(name);
      return detail && deriveServiceDetail(detail);
    },
    replicaDetail(name, key) {
      catchUp();
      const detail = detailFacts(name);
      return detail && deriveReplicaDetail({ ...detail, key });
    },
    reasonOf: (serviceId, key) => decisions.reasons(serviceId)?.get(key) ?? null,
    close() {
      closed = true;
      recheckTimer?.cancel();
      deferredTimer?.cancel();
      waitTimer?.cancel();
    },
  };
}

function firstOf<T>(items: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of items) {
    if (first.length >= count) break;
    first.push(item);
  }
  return first;
}
