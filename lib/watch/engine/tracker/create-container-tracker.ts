import type { ContainerSummary, EngineClient, EngineEvent } from '#lib/engine/port.ts';
import type { Permit } from '#lib/flow/create-semaphore.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import type { SharedPace } from '#lib/watch/engine/shared-pace.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import { applyEvent } from './apply-event.ts';
import { createBackgroundReads } from './create-background-reads.ts';
import { createConfirmer } from './create-confirmer.ts';
import { createReader } from './create-reader.ts';
import { mergeRead } from './merge-read.ts';
import { planRead } from './plan-read.ts';
import { findNextLook } from './probe-due.ts';
import { isOfOne, readAll } from './read-all.ts';
import { climb, differsFromSummary, isDead, isDoubtful, isHinting, type Tracked, track } from './tracked.ts';
import { toUnread, toUnreadContainer, toUnreadPauseMs } from './unread.ts';

/** The containers of one engine: what events and reads tell of them, joined. */
export interface ContainerTracker {
  /** Lists and reads, keeping events back meanwhile. Emits `containers`; {@link replay} then applies what was kept back. */
  sync(): Promise<void>;
  replay(): void;
  onEvent(event: EngineEvent): void;
  /** Lists only, and reads what differs: the slow backstop behind the events. */
  compare(): Promise<void>;
  /** Reads the container if a probe ended since it was last read. */
  refresh(containerId: string): Promise<void>;
  containerIds(): string[];
  count(): number;
  /** Stops everything under way; what is known is kept for the next sync. */
  pause(): void;
}

export interface ContainerTrackerOptions {
  client: EngineClient;
  clock: Clock;
  nodeId: string;
  pace: SharedPace;
  /** It is read through an agent, which tells of every fourth probe that passes. */
  isSparse: boolean;
  emit(observation: Observation): void;
  onHint(hint: Hint): void;
  /** A read failed for a reason that may be the engine's. */
  onDoubt(): void;
  /** The engine answered. */
  onActivity(): void;
}

interface KeptBack {
  event: EngineEvent;
  order: number;
}

const KEPT_BACK_MAX = 20_000;
const IGNORED_MAX = 10_000;
/** Dead containers of earlier tasks are read this many at a time, after the living ones. */
const DEAD_AT_A_TIME = 4;

export function createContainerTracker(options: ContainerTrackerOptions): ContainerTracker {
  const { client, clock, nodeId, pace, isSparse, emit, onHint, onDoubt, onActivity } = options;
  let known = new Map<string, Tracked>();
  /** Labelled like a task's, but Swarm did not make them. */
  const ignored = new Set<string>();
  const flights = new Map<string, EngineEvent[]>();
  let keptBack: KeptBack[] | null = null;
  let readOrders = new Map<string, number>();
  let order = 0;
  let epoch = 0;
  let permit: Permit | null = null;
  let sweepTimer: Timer | null = null;
  /** What the list says of containers that Swarm made and that were never read. */
  const confirmed = new Map<string, ContainerSummary>();

  const reader = createReader({
    client,
    clock,
    onSend: (id) => flights.set(id, []),
    onRead: (id, container) => guard(() => onRead(id, container)),
    onError: (id, error) => {
      flights.delete(id);
      guard(() => onUnread(id, error));
      if (isDoubtful(error)) onDoubt();
    },
  });
  const confirmer = createConfirmer({
    client,
    clock,
    onAnswer(id, summary) {
      onActivity();
      if (summary) {
        confirmed.set(id, summary);
        void reader.read(id, true);
      } else if (ignored.size < IGNORED_MAX) {
        ignored.add(id);
      }
    },
    onError: (error) => {
      if (isDoubtful(error)) onDoubt();
    },
  });
  const backgroundReads = createBackgroundReads(clock, pace.budget, (id) => {
    if ((known.get(id)?.execs ?? 0) > 0) void reader.read(id, false);
  });

  function gone(id: string) {
    reader.forget(id);
    flights.delete(id);
    confirmed.delete(id);
    if (known.delete(id)) emit({ kind: 'container-gone', nodeId, containerId: id });
  }

  function onRead(id: string, read: Container | null) {
    onActivity();
    const meanwhile = flights.get(id) ?? [];
    flights.delete(id);
    if (read === null) return gone(id);
    if (read.taskId === null) {
      ignored.add(id);
      return;
    }
    const before = known.get(id) ?? null;
    const container = mergeRead(before?.container ?? null, { ...read, nodeId }, meanwhile);
    const tracked = before ?? track(container, clock.nowMs());
    const isNewProbe = newestProbeMs(container) !== newestProbeMs(tracked.container);
    tracked.looks = isNewProbe || !before ? 0 : tracked.looks;
    tracked.failed = null;
    confirmed.delete(id);
    tracked.container = container;
    tracked.readAtMs = clock.nowMs();
    tracked.execs = meanwhile.filter((event) => event.kind === 'exec-die').length;
    if (!before) {
      known.set(id, tracked);
      if (!isDead(container.state)) onHint({ serviceId: container.serviceId, taskId: container.taskId });
    }
    emit({ kind: 'container', container });
    const lookMs = climb(tracked);
    if (lookMs !== null) reader.readIn(id, Math.max(0, lookMs - clock.nowMs()));
  }

  /** The engine did not tell of it. The first time may be chance; the second time what is known of it is old. */
  function onUnread(id: string, error: unknown) {
    if (!isOfOne(error)) return;
    const nowMs = clock.nowMs();
    const summary = confirmed.get(id);
    const tracked = known.get(id);
    if (tracked === undefined && summary === undefined) return;
    const sinceMs = nowMs - (error.kind === 'timeout' ? LIMITS.inspectMs : 0);
    if (tracked === undefined && summary !== undefined) {
      confirmed.delete(id);
      const added = track(toUnreadContainer(null, summary, nodeId, toUnread(sinceMs, error), nowMs), nowMs);
      added.failed = { sinceMs, count: 1 };
      known.set(id, added);
      return emit({ kind: 'container', container: added.container });
    }
    if (tracked === undefined || isDead(tracked.container.state)) return;
    tracked.readAtMs = nowMs;
    tracked.failed = { sinceMs: tracked.failed?.sinceMs ?? sinceMs, count: (tracked.failed?.count ?? 0) + 1 };
    if (tracked.failed.count < 2 || tracked.container.unread !== null) return;
    tracked.container = { ...tracked.container, unread: toUnread(tracked.failed.sinceMs, error) };
    emit({ kind: 'container', container: tracked.container });
  }

  /** Reads what no event told of: a probe that is due, and a container that did not answer. */
  function sweep() {
    const nowMs = clock.nowMs();
    let reads = 0;
    for (const [id, tracked] of known) {
      const { failed } = tracked;
      const lookMs =
        failed === null
          ? findNextLook(tracked, isSparse)
          : failed.count < 2
            ? null
            : tracked.readAtMs + toUnreadPauseMs(failed.count - 2);
      if (lookMs === null || lookMs > nowMs || flights.has(id)) continue;
      if (failed === null) tracked.looks += 1;
      void reader.read(id, true);
      reads += 1;
      // One that hangs waits in the engine: they are asked in turn.
      if (failed !== null || reads >= LIMITS.sweepReads) break;
    }
  }

  function planSweep() {
    sweepTimer?.cancel();
    sweepTimer = clock.setTimer(LIMITS.sweepMs, () => {
      guard(sweep);
      planSweep();
    });
  }

  function handle(event: EngineEvent) {
    if (event.kind === 'node' || event.kind === 'service') return;
    const id = event.containerId;
    const tracked = known.get(id);
    const destroyed = event.kind === 'container' && event.action === 'destroy';
    if (destroyed) ignored.delete(id);
    flights.get(id)?.push(event);
    if (!tracked) {
      if (event.taskId === null || destroyed || event.kind === 'exec-die' || ignored.has(id)) return;
      confirmer.ask(id);
      return;
    }
    if (isHinting(event))
      onHint({ serviceId: tracked.container.serviceId, taskId: tracked.container.taskId });
    if (destroyed) return gone(id);

    const nowMs = clock.nowMs();
    const patched = applyEvent(tracked.container, event, nowMs);
    if (patched !== tracked.container) {
      tracked.container = patched;
      emit({ kind: 'container', container: patched });
    }
    if (event.kind === 'exec-die') {
      tracked.execs += 1;
      // An agent that saw a command begin, and no end of it, gives no exit code: that is no sign of a probe.
      if (event.exitCode !== null) tracked.signAtMs = nowMs;
    }
    const plan = planRead(patched, event, tracked, nowMs);
    // Something ended in it: it may answer again.
    const isBack = tracked.failed !== null && nowMs - tracked.readAtMs >= LIMITS.unreadMs;
    if (plan.kind === 'now' || isBack) void reader.read(id, true);
    else if (plan.kind === 'routine')
      backgroundReads.add(id, Math.min(1_000, (patched.healthCheck?.intervalMs ?? 0) / 2));
    else if (plan.kind === 'ladder') {
      tracked.want = {
        probeEndMs: plan.probeEndMs,
        knownEndMs: patched.health?.probes.at(-1)?.endedAtMs ?? 0,
        fromMs: nowMs,
        offsetsMs: plan.offsetsMs,
        next: 1,
      };
      reader.readIn(id, plan.offsetsMs[0] ?? 0);
    }
  }

  /** An event that came before its container was read: the read holds what it did, but not when. */
  function applyContained(event: EngineEvent) {
    if (event.kind !== 'health') return;
    const tracked = known.get(event.containerId);
    const health = tracked?.container.health;
    if (!tracked || !health || health.status !== event.status || health.statusSinceMs === event.atMs) return;
    tracked.container = { ...tracked.container, health: { ...health, statusSinceMs: event.atMs } };
    emit({ kind: 'container', container: tracked.container });
  }

  /** Nothing that an event brings may throw into the stream that brought it. */
  function guard(act: () => void) {
    try {
      act();
    } catch {
      onDoubt();
    }
  }

  async function readDead(ids: string[], mine: number) {
    for (let at = 0; at < ids.length && mine === epoch; at += DEAD_AT_A_TIME)
      await Promise.all(ids.slice(at, at + DEAD_AT_A_TIME).map((id) => reader.read(id, true)));
  }

  function pause() {
    epoch += 1;
    sweepTimer?.cancel();
    sweepTimer = null;
    permit?.release();
    permit = null;
    reader.reset();
    confirmer.reset();
    backgroundReads.reset();
    flights.clear();
    confirmed.clear();
    keptBack = null;
    for (const tracked of known.values()) tracked.want = null;
  }

  return {
    async sync() {
      pause();
      const mine = epoch;
      keptBack = [];
      readOrders = new Map();
      const summaries = await client.listContainers();
      if (mine !== epoch) return;
      onActivity();
      const dead = summaries.filter(({ state }) => isDead(state));
      const alive = summaries.filter(({ state }) => !isDead(state));
      permit = pace.syncs.acquire();
      await permit.ready;
      if (mine !== epoch) return;
      const { containers, unread } = await readAll(
        client,
        alive.map(({ id }) => id),
        (id) => readOrders.set(id, order),
        onActivity,
      );
      if (mine !== epoch) return;
      permit?.release();
      const next = new Map<string, Tracked>();
      const nowMs = clock.nowMs();
      for (const read of containers) {
        if (read.taskId === null) continue;
        const before = known.get(read.id)?.container ?? null;
        next.set(read.id, track(mergeRead(before, { ...read, nodeId }, []), nowMs));
      }
      for (const summary of alive) {
        const error = unread.get(summary.id);
        if (error === undefined) continue;
        const before = known.get(summary.id);
        const sinceMs = before?.failed?.sinceMs ?? nowMs - LIMITS.syncInspectMs;
        const container = toUnreadContainer(
          before?.container ?? null,
          summary,
          nodeId,
          toUnread(sinceMs, error),
          nowMs,
        );
        next.set(summary.id, { ...track(container, nowMs), failed: { sinceMs, count: 2 } });
      }
      const unreadDead: string[] = [];
      for (const { id } of dead) {
        const before = known.get(id);
        // What is dead stays as it was: its last words were read when it died.
        if (before && isDead(before.container.state)) next.set(id, before);
        else unreadDead.push(id);
      }
      known = next;
      ignored.clear();
      emit({ kind: 'containers', nodeId, containers: [...next.values()].map(({ container }) => container) });
      void readDead(unreadDead, mine);
    },
    replay() {
      const events = keptBack ?? [];
      keptBack = null;
      planSweep();
      for (const { event, order: at } of events)
        guard(() => {
          const contained = 'containerId' in event && at <= (readOrders.get(event.containerId) ?? 0);
          if (contained && known.has(event.containerId)) applyContained(event);
          else handle(event);
        });
    },
    onEvent(event) {
      order += 1;
      if (keptBack === null) guard(() => handle(event));
      else if (keptBack.length < KEPT_BACK_MAX || event.kind !== 'exec-die') keptBack.push({ event, order });
    },
    async compare() {
      const mine = epoch;
      const sentMs = clock.nowMs();
      const summaries = await client.listContainers();
      if (mine !== epoch) return;
      onActivity();
      const listed = new Set(summaries.map(({ id }) => id));
      for (const [id, tracked] of known) if (!listed.has(id) && tracked.addedAtMs < sentMs) gone(id);
      for (const summary of summaries) {
        ignored.delete(summary.id);
        const tracked = known.get(summary.id);
        // One that does not answer keeps the others from being compared.
        if (tracked && (tracked.failed !== null || !differsFromSummary(tracked.container, summary))) continue;
        if (!tracked) confirmed.set(summary.id, summary);
        await reader.read(summary.id, true);
        if (mine !== epoch) return;
      }
    },
    async refresh(containerId) {
      const tracked = known.get(containerId);
      if (!tracked || tracked.execs === 0) return;
      await raceLimit(clock, LIMITS.refreshMs, reader.read(containerId, true), 'late').catch(() => {});
    },
    containerIds: () => [...known.keys()],
    count: () => known.size,
    pause,
  };
}

function newestProbeMs({ health }: Container): number | null {
  return health?.probes.at(-1)?.startedAtMs ?? null;
}
