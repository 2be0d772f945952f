import type { EngineClient, EngineEvent } from '#lib/engine/port.ts';
import type { Permit } from '#lib/flow/create-semaphore.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import { applyEvent } from './apply-event.ts';
import { createBackgroundReads } from './create-background-reads.ts';
import { createConfirmer } from './create-confirmer.ts';
import { createReader } from './create-reader.ts';
import { mergeRead } from './merge-read.ts';
import { planRead } from './plan-read.ts';
import { readAll } from './read-all.ts';
import type { SharedPace } from './shared-pace.ts';
import { climb, differsFromSummary, isDead, isDoubtful, isHinting, type Tracked, track } from './tracked.ts';

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
  const { client, clock, nodeId, pace, emit, onHint, onDoubt, onActivity } = options;
  let known = new Map<string, Tracked>();
  /** Labelled like a task's, but Swarm did not make them. */
  const ignored = new Set<string>();
  const flights = new Map<string, EngineEvent[]>();
  let keptBack: KeptBack[] | null = null;
  let readOrders = new Map<string, number>();
  let order = 0;
  let epoch = 0;
  let permit: Permit | null = null;

  const reader = createReader({
    client,
    clock,
    onSend: (id) => flights.set(id, []),
    onRead: (id, container) => guard(() => onRead(id, container)),
    onError: (id, error) => {
      flights.delete(id);
      if (isDoubtful(error)) onDoubt();
    },
  });
  const confirmer = createConfirmer({
    client,
    clock,
    onAnswer(id, summary) {
      onActivity();
      if (summary) void reader.read(id, true);
      else if (ignored.size < IGNORED_MAX) ignored.add(id);
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
    }
    const plan = planRead(patched, event, tracked, nowMs);
    if (plan.kind === 'now') void reader.read(id, true);
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
    permit?.release();
    permit = null;
    reader.reset();
    confirmer.reset();
    backgroundReads.reset();
    flights.clear();
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
      const reads = await readAll(
        client,
        alive.map(({ id }) => id),
        (id) => readOrders.set(id, order),
        onActivity,
      );
      if (mine !== epoch) return;
      permit?.release();
      const next = new Map<string, Tracked>();
      for (const read of reads) {
        if (read.taskId === null) continue;
        const before = known.get(read.id)?.container ?? null;
        next.set(read.id, track(mergeRead(before, { ...read, nodeId }, []), clock.nowMs()));
      }
      const unread: string[] = [];
      for (const { id } of dead) {
        const before = known.get(id);
        // What is dead stays as it was: its last words were read when it died.
        if (before && isDead(before.container.state)) next.set(id, before);
        else unread.push(id);
      }
      known = next;
      ignored.clear();
      emit({ kind: 'containers', nodeId, containers: [...next.values()].map(({ container }) => container) });
      void readDead(unread, mine);
    },
    replay() {
      const events = keptBack ?? [];
      keptBack = null;
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
        if (tracked && !differsFromSummary(tracked.container, summary)) continue;
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
