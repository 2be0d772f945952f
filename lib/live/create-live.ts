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

/**
 * The picture in memory: decides anew what a change of the facts touched and nothing else, and hands out what changed in
 * the picture by that. Observations of one turn of the event loop become one revision.
 */
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
  let scheduled = false;
  let recheckTimer: { cancel(): void } | null = null;
  let deferredTimer: { cancel(): void } | null = null;
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
      ready,
      demo: options.demo,
      previous: previous && toSwarmHead(previous),
      wording: options.wording,
      nowMs: timers.nowMs(),
    });
  }

  /** Decides anew what was touched, and of what nobody waits for so many services. */
  function decide(deferred: number): void {
    scheduled = false;
    if (closed) return;
    const nowMs = timers.nowMs();
    for (const serviceId of decisions.findDue(nowMs)) touched.services.add(serviceId);
    for (const serviceId of firstOf(touched.deferredServices, deferred)) touched.services.add(serviceId);
    if (deferred > 0 && touched.deferredNodes) touched.nodes = true;
    for (const serviceId of touched.services) touched.deferredServices.delete(serviceId);
    const decided = decisions.decideServices(touched.services, nowMs);
    if (decisions.haveSignsChanged()) touched.nodes = true;
    const nodeList = touched.nodes
      ? replaceItems(picture.nodes, decisions.decideNodes(nowMs), compareNodes)
      : picture.nodes;
    ready ||= facts.areTasksListed() && decisions.nodeCount() > 0;
    const serviceList = replaceItems(picture.services, decided, compareServices);
    const next: SwarmPicture = {
      ...headOf(nodeList, serviceList, picture),
      revision: picture.revision,
      atMs: nowMs,
      nodes: nodeList,
      services: serviceList,
    };
    touched.services.clear();
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
    recheckTimer = timers.setTimer(Math.max(20, firstMs - nowMs + 5), () => decide(0));
  }

  const hasDeferred = () => touched.deferredServices.size > 0 || touched.deferredNodes;

  function schedule(): void {
    if (hasDeferred() && !deferredTimer)
      deferredTimer = timers.setTimer(DEFERRED_MS, () => {
        deferredTimer = null;
        decide(DEFERRED_AT_ONCE);
        schedule();
      });
    if (scheduled || (touched.services.size === 0 && !touched.nodes)) return;
    scheduled = true;
    setImmediate(() => {
      if (scheduled) decide(0);
    });
  }

  function catchUp(): void {
    if (scheduled || hasDeferred()) decide(DEFERRED_ASKED);
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
      if (picture.atMs < confirmedAtMs) picture = { ...picture, atMs: confirmedAtMs };
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
