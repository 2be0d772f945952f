import type { FactListener, Facts } from '#lib/facts/create-facts.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { NodeDescription } from '#lib/model/contract/node-detail.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { toNodeDescription } from '#lib/model/derive/derive-node-situation.ts';
import { deriveReplicaDetail } from '#lib/model/derive/derive-replica-detail.ts';
import { deriveServiceDetail, type ServiceDetailFacts } from '#lib/model/derive/derive-service-detail.ts';
import type { TrafficFacts } from '#lib/model/derive/derive-traffic.ts';
import type { ProbeLine } from '#lib/model/docker/probe-line.ts';
import { findLeaderlessDueMs } from '#lib/model/findings/find-swarm-findings.ts';
import { createBacklog } from './create-backlog.ts';
import { createDecisions, type Decisions } from './create-decisions.ts';
import { createLiveSchedule } from './create-live-schedule.ts';
import { createShownPicture } from './create-shown-picture.ts';
import type { LiveTimers } from './live-timers.ts';
import type { PictureUpdate } from './picture-update.ts';

export interface Live {
  /** To be given what each observation changed, also when that is nothing. */
  observe: FactListener;
  /** What nobody wants to be told of from now on: it is said beside it. */
  silence(active: readonly Silence[]): void;
  /** Calls `listener` with each revision. */
  subscribe(listener: (update: PictureUpdate) => void): void;
  /** The newest picture, with everything applied so far decided. */
  picture(): SwarmPicture;
  /** The revision of what viewers were told; costs nothing, other than `picture().revision`. */
  revision(): number;
  /** Our clock, when anything was last heard of the swarm and all of it decided; costs nothing. */
  seenAtMs(): number;
  /** By name or id. */
  serviceDetail(name: string): ServiceDetail | null;
  replicaDetail(name: string, key: string): ReplicaDetail | null;
  /** What a node is; `null`: no manager lists it. */
  nodeDescription(nodeId: string): NodeDescription | null;
  /** Why a replica of the newest picture is as it is, without words; `null` when there is nothing to say. */
  reasonOf(serviceId: string, key: string): Reason | null;
  close(): void;
}

/**
 * Nobody is sent which probe of a replica that is well was the last, and whoever asks is answered as of now: by themselves
 * services are decided anew for that alone so seldom that the probes of several replicas come together.
 */
const DEFERRED = {
  eachMs: 2_000,
  /** Of all services, at a time: each in its turn within 50 s. */
  share: 1 / 25,
  /** Beyond 1,000 services it takes longer. */
  max: 40,
};
/** The same where somebody asks for the picture: a swarm of up to so many services is told as of now. */
const DEFERRED_ASKED = 100;
/** Decided at a time; one service of thousands of replicas takes longer. */
const SLICE_MS = 8;
/** While somebody waits for an answer. */
const ASKED_MS = 50;
/** After so much of deciding what is decided is shown, though it is not all. */
const SHOW_MS = 50;

interface LiveOptions {
  facts: Facts;
  timers: LiveTimers;
  demo: boolean;
  /** What the swarm is called here; `null`: as Docker calls it. */
  name: string | null;
  /** Whether ports are asked. */
  checks: boolean;
  /** From where failing probes are a problem, where a service does not say so itself. */
  probeLine?: ProbeLine;
  /** The language in which the picture says why. */
  wording: Wording;
}

/**
 * The picture in memory: decides anew what a change of the facts touched and nothing else, and hands out what changed in
 * the picture by that. Observations of one turn of the event loop become one revision.
 */
export function createLive(options: LiveOptions): Live {
  const { facts, timers } = options;
  const listeners: ((update: PictureUpdate) => void)[] = [];
  const decisions = createDecisions(facts, options.wording, options.probeLine);
  const backlog = createBacklog(facts, decisions, timers.steadyMs);
  const shown = createShownPicture({ ...options, decisions, backlog });
  const schedule = createLiveSchedule(timers, () => decide(0));
  /** When anything was last observed, be it that all is as it was. */
  let confirmedAtMs = timers.nowMs();
  /** What deciding took since something was shown. */
  let runMs = 0;
  let closed = false;

  /**
   * Decides what was touched, a slice at a time, so that others have their turns between. Of a swarm that was never shown
   * nothing is shown before all of it is decided; later on what is decided is shown while the rest still is.
   */
  function decide(deferred: number, withinMs = SLICE_MS): void {
    schedule.begin();
    const begunAtMs = timers.steadyMs();
    const nowMs = timers.nowMs();
    backlog.gather(deferred, nowMs);
    const isWhole = backlog.decideServices(withinMs, nowMs);
    const tookMs = () => runMs + timers.steadyMs() - begunAtMs;
    const isShown = isWhole || (shown.isReady() ? tookMs() >= SHOW_MS : backlog.isEachDecided());
    if (isShown) {
      publish(nowMs);
      schedule.spend(tookMs());
    }
    runMs = isShown ? 0 : tookMs();
    if (!isWhole) schedule.goOn();
  }

  function publish(nowMs: number): void {
    const update = shown.update(nowMs, confirmedAtMs);
    const leaderlessDueMs = findLeaderlessDueMs(shown.picture().findings, nowMs);
    schedule.planAt(Math.min(decisions.nextDueMs(), leaderlessDueMs), nowMs);
    if (update !== null) for (const listener of listeners) listener(update);
  }

  function planTouched(): void {
    if (backlog.hasDeferred())
      schedule.defer(DEFERRED.eachMs, () => {
        const share = Math.ceil(shown.picture().services.length * DEFERRED.share);
        backlog.gather(Math.min(DEFERRED.max, Math.max(1, share)), timers.nowMs());
        schedule.plan();
        planTouched();
      });
    if (backlog.isUrgent()) schedule.plan();
  }

  /** Before somebody is answered. What takes longer than a person notices is not waited for. */
  function catchUp(): void {
    if (closed) return;
    const state = schedule.state();
    if (!shown.isReady() && state === 'planned' && backlog.isUnderWay()) return;
    if (state === 'planned' || (state === 'idle' && backlog.hasDeferred())) decide(DEFERRED_ASKED, ASKED_MS);
  }

  function findDetailFacts(name: string): ServiceDetailFacts | null {
    const found = shown.picture().services.find((one) => one.name === name) ?? decisions.service(name);
    return found && toDetailFacts(found, options, decisions);
  }

  return {
    observe(changes) {
      if (closed) return;
      // What an earlier process saw is no word from the swarm, nor is what a port of it answers.
      if (changes[0]?.kind !== 'past' && changes[0]?.kind !== 'ports') confirmedAtMs = timers.nowMs();
      for (const change of changes) backlog.touch(change);
      planTouched();
    },
    silence(active) {
      if (closed) return;
      shown.silence(active);
      schedule.plan();
    },
    subscribe: (listener) => listeners.push(listener),
    picture() {
      catchUp();
      return schedule.state() === 'idle' ? shown.confirm(confirmedAtMs) : shown.picture();
    },
    revision: () => shown.picture().revision,
    seenAtMs: () => (schedule.state() === 'idle' ? confirmedAtMs : shown.picture().atMs),
    serviceDetail(name) {
      catchUp();
      const detail = findDetailFacts(name);
      return detail && deriveServiceDetail(detail);
    },
    replicaDetail(name, key) {
      catchUp();
      const detail = findDetailFacts(name);
      return detail && deriveReplicaDetail({ ...detail, key });
    },
    nodeDescription(nodeId) {
      const node = facts.nodeOf(nodeId);
      return node && toNodeDescription(node, facts.reservedOn(nodeId));
    },
    reasonOf: (serviceId, key) => decisions.reasons(serviceId)?.get(key) ?? null,
    close() {
      closed = true;
      schedule.close();
    },
  };
}

/** What is known of a service beyond its picture; `null`: no manager lists it. */
function toDetailFacts(
  picture: ServicePicture,
  { facts, timers, checks, wording }: LiveOptions,
  decisions: Decisions,
): ServiceDetailFacts | null {
  const service = facts.serviceOf(picture.id);
  if (!service) return null;
  return {
    picture,
    service,
    networks: decisions.networksOf(service),
    traffic: checks ? toTrafficFacts(facts, picture.id) : null,
    tasks: facts.tasksOf(picture.id),
    remembered: [...facts.pastTasksOf(picture.id)],
    nodeOf: facts.nodeOf,
    containerOf: facts.containerOf,
    lastContainerOf: facts.lastSeenContainerOf,
    probesOf: facts.probesOf,
    nowMs: timers.nowMs(),
    wording,
  };
}

function toTrafficFacts(facts: Facts, serviceId: string): TrafficFacts {
  return {
    checks: facts.portsOf(serviceId),
    nodes: [...facts.nodes()],
    isUnreached: (nodeId) => facts.portsOn(nodeId)?.unreached ?? false,
  };
}
