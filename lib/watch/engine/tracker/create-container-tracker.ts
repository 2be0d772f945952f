import type { EngineClient, EngineEvent } from '#lib/engine/port.ts';
import type { Permit } from '#lib/flow/create-semaphore.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import type { SharedPace } from '#lib/watch/engine/create-read-budget.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import { compareContainers } from './compare-containers.ts';
import { type ContainerTable, createContainerTable, pauseTable, removeUnseen } from './container-table.ts';
import { createChangeLimit } from './create-change-limit.ts';
import { type ContainerReads, createContainerReads } from './create-container-reads.ts';
import { createEventBuffer } from './event-buffer.ts';
import { followContained, followEvent } from './follow-event.ts';
import { syncContainers } from './sync-containers.ts';

/** The containers of one engine: what events and reads tell of them, joined. */
export interface ContainerTracker {
  /** Lists and reads, keeping events back meanwhile. Emits `containers`; {@link replay} then applies what was kept back. */
  sync(): Promise<void>;
  replay(): void;
  onEvent(event: EngineEvent): void;
  /** Lists only, and reads what differs: the slow backstop behind the events. */
  compare(): Promise<void>;
  /** A manager tells that this container runs here, or is about to. */
  expect(containerId: string): void;
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
  /** More happened than could be kept back until all was read, or one is gone and it is not said which: a list has to tell. */
  onMissed(): void;
  /** So many changes of containers came too fast to be emitted one by one: of each the last was. Once a minute at most. */
  onPassed(changes: number): void;
  /** The last container of a task that it had was removed: as when its node leaves the swarm. */
  onEmptied(): void;
  /** The engine answered. */
  onActivity(): void;
}

/** Dead containers of earlier tasks are read this many at a time, after the living ones. */
const DEAD_AT_A_TIME = 4;

/**
 * Wires the phases: what an event, an answer, a list or the time changes is decided in their own files, on one table; what
 * is asked of the engine then is in `create-container-reads.ts`.
 */
export function createContainerTracker(options: ContainerTrackerOptions): ContainerTracker {
  const { client, clock, pace } = options;
  const guard = toGuard(options.onDoubt);
  const table = createContainerTable(options.nodeId, options.emit, options.onHint);
  const heard = createHeard(clock, options.onActivity);
  const reads = createContainerReads(table, { ...options, onActivity: heard.onActivity, guard });
  const buffer = createEventBuffer();
  const changes = createChangeLimit({
    clock,
    onDue: (id) => guard(() => emitLast(table, reads, id)),
    onPassed: options.onPassed,
  });
  const turn = createSyncTurn(clock);
  let epoch = 0;

  function follow(event: EngineEvent) {
    if (isProbeLike(table, event, clock.nowMs())) pace.budget.countEvent();
    const isAdmitted = !isChange(table, event) || changes.admit(event.containerId);
    const followUp = followEvent(table, event, clock.nowMs(), isAdmitted);
    if ('containerId' in event) reads.follow(event.containerId, followUp);
    if (followUp.kind === 'gone' && table.known.size === 0) options.onEmptied();
  }

  function pause() {
    epoch += 1;
    heard.end();
    changes.reset();
    turn.give();
    reads.reset();
    buffer.drop();
    pauseTable(table);
  }

  /** @returns whether nothing was paused since this call */
  function toIsCurrent(): () => boolean {
    const mine = epoch;
    return () => mine === epoch;
  }

  return {
    async sync() {
      pause();
      buffer.hold();
      const isCurrent = toIsCurrent();
      const synced = await syncContainers(table, {
        ...options,
        onActivity: heard.onActivity,
        heardAtMs: heard.atMs(),
        syncs: pace.syncs,
        nowMs: clock.nowMs,
        isCurrent,
        onPermit: (permit) => turn.take(permit, isCurrent),
        onSend: buffer.mark,
      });
      if (synced === null) return;
      turn.end();
      reads.readInTurn(synced.listed);
      void readDead(reads, synced.dead, isCurrent);
    },
    replay() {
      heard.begin();
      reads.planSweep();
      for (const { event, isContained } of buffer.release())
        guard(() => {
          const isRead = isContained && 'containerId' in event && table.known.has(event.containerId);
          if (isRead) followContained(table, event);
          else follow(event);
        });
      if (buffer.isMissed()) options.onMissed();
    },
    onEvent(event) {
      heard.note();
      if (!buffer.keep(event)) guard(() => follow(event));
    },
    compare: () =>
      compareContainers(table, {
        client,
        nowMs: clock.nowMs,
        isCurrent: toIsCurrent(),
        onGone(id) {
          removeUnseen(table, id);
          reads.forget(id);
        },
        read: reads.read,
        onActivity: heard.onActivity,
      }),
    expect: reads.expect,
    async refresh(containerId) {
      if ((table.known.get(containerId)?.execs ?? 0) === 0) return;
      await raceLimit(clock, LIMITS.refreshMs, reads.read(containerId), 'late').catch(() => {});
    },
    containerIds: () => [...table.known.keys()],
    count: () => table.known.size,
    pause,
  };
}

/** Nothing that an event or an answer brings may throw into whatever brought it. */
function toGuard(onDoubt: () => void): (act: () => void) => void {
  return (act) => {
    try {
      act();
    } catch {
      onDoubt();
    }
  };
}

/** After changes that were passed over: as it is now, and as it is once it was read. */
function emitLast(table: ContainerTable, reads: Pick<ContainerReads, 'follow'>, id: string): void {
  const container = table.known.get(id)?.container;
  if (container === undefined) return;
  table.onHint({ serviceId: container.serviceId, taskId: container.taskId });
  table.emit({ kind: 'container', container });
  reads.follow(id, { kind: 'later', delayMs: 0 });
}

/** Whose turn it is to list and read among the engines that do. One that is slow, or wants to be, keeps no other waiting. */
function createSyncTurn({ setTimer }: Pick<Clock, 'setTimer'>) {
  let permit: Permit | null = null;
  let timer: Timer | null = null;
  return {
    take(taken: Permit, isCurrent: () => boolean): void {
      permit = taken;
      void taken.ready.then(() => {
        if (isCurrent()) timer = setTimer(LIMITS.syncTurnMs, taken.release);
      });
    },
    /** All is read, and with that the permit given back. */
    end: () => timer?.cancel(),
    /** It is stopped in the middle of it. */
    give(): void {
      timer?.cancel();
      permit?.release();
      permit = null;
    },
  };
}

async function readDead(
  reads: Pick<ContainerReads, 'read'>,
  ids: readonly string[],
  isCurrent: () => boolean,
): Promise<void> {
  for (let at = 0; at < ids.length && isCurrent(); at += DEAD_AT_A_TIME)
    await Promise.all(ids.slice(at, at + DEAD_AT_A_TIME).map((id) => reads.read(id)));
}

/**
 * May a probe have ended? Probes come an interval apart: what somebody runs by hand, thousands a minute, is no reason to read the
 * probes of all others less often.
 */
function isProbeLike({ known }: Pick<ContainerTable, 'known'>, event: EngineEvent, nowMs: number): boolean {
  if (event.kind !== 'exec-die') return false;
  const tracked = known.get(event.containerId);
  const intervalMs = tracked?.container.healthCheck?.intervalMs ?? null;
  return tracked !== undefined && intervalMs !== null && nowMs - tracked.signAtMs >= intervalMs / 2;
}

/** Of a container that is known: of others a list tells, at its own pace. */
function isChange(
  { known }: Pick<ContainerTable, 'known'>,
  event: EngineEvent,
): event is Extract<EngineEvent, { containerId: string }> {
  return 'containerId' in event && event.kind !== 'exec-die' && known.has(event.containerId);
}

/** When the engine was last heard while its events were followed: what it did since then may be in no event that we got. */
function createHeard(clock: Pick<Clock, 'nowMs'>, onActivity: () => void) {
  let isFollowed = false;
  let atMs = 0;

  function note(): void {
    if (isFollowed) atMs = clock.nowMs();
  }

  return {
    note,
    atMs: () => atMs,
    /** The engine answered. */
    onActivity() {
      note();
      onActivity();
    },
    begin() {
      isFollowed = true;
      note();
    },
    end() {
      isFollowed = false;
    },
  };
}
