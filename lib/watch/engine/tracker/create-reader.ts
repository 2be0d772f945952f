import type { EngineClient } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { decideRetry, decideSchedule, toNextPaceMs } from './read-pace.ts';

/**
 * Inspects containers when asked to: at most one request per container under way, calls that come meanwhile become one
 * follow-up, and a container whose events never stop is read at a bounded pace.
 */
export interface Reader {
  /** Reads now; `urgent` passes by the pace. Settles when a read that began after this call is done, whatever its outcome. */
  read(id: string, urgent: boolean): Promise<void>;
  /** Reads `delayMs` from now (0: at once, where the pace allows it), or earlier if that was already planned. */
  readIn(id: string, delayMs: number): void;
  /** Drops all plans and waiters; answers under way no longer count. */
  reset(): void;
  forget(id: string): void;
}

export interface ReaderOptions {
  client: EngineClient;
  clock: Clock;
  onSend(id: string): void;
  onRead(id: string, container: Container | null): void;
  /** The read failed. A retry is planned already while `retries` last. */
  onError(id: string, error: unknown): void;
}

interface Slot {
  planned: { timer: Timer; dueMs: number } | null;
  underWay: boolean;
  again: boolean;
  failures: number;
  /** Earliest moment of the next paced read, minus the burst allowance. */
  paceMs: number;
  waiters: (() => void)[];
  nextWaiters: (() => void)[];
}

export function createReader(options: ReaderOptions): Reader {
  const { client, clock, onSend, onRead, onError } = options;
  let slots = new Map<string, Slot>();

  function slotOf(id: string): Slot {
    const slot = slots.get(id) ?? createSlot();
    slots.set(id, slot);
    return slot;
  }

  function send(id: string, slot: Slot) {
    if (slot.underWay) {
      slot.again = true;
      return;
    }
    unplan(slot);
    slot.underWay = true;
    slot.paceMs = toNextPaceMs(slot.paceMs, clock.steadyMs());
    slot.waiters = slot.nextWaiters;
    slot.nextWaiters = [];
    onSend(id);
    client.inspectContainer(id, LIMITS.inspectMs).then(
      (container) => done(id, slot, () => onRead(id, container), null),
      (error: unknown) => done(id, slot, () => onError(id, error), error),
    );
  }

  function done(id: string, slot: Slot, emit: () => void, error: unknown) {
    slot.underWay = false;
    if (slots.get(id) !== slot) return;
    emit();
    for (const settle of slot.waiters.splice(0)) settle();
    if (slots.get(id) !== slot) return;
    const { failures, retryMs } = decideRetry(slot.failures, error);
    slot.failures = failures;
    if (retryMs !== null) plan(id, slot, retryMs);
    if (slot.again) {
      slot.again = false;
      send(id, slot);
    }
  }

  function plan(id: string, slot: Slot, delayMs: number) {
    const nowMs = clock.steadyMs();
    const schedule = decideSchedule(slot.paceMs, slot.planned?.dueMs ?? null, delayMs, nowMs);
    if (schedule.kind === 'keep') return;
    if (schedule.kind === 'send') return send(id, slot);
    unplan(slot);
    const timer = clock.setTimer(schedule.dueMs - nowMs, () => {
      slot.planned = null;
      if (slots.get(id) === slot) send(id, slot);
    });
    slot.planned = { timer, dueMs: schedule.dueMs };
  }

  return {
    read(id, urgent) {
      const slot = slotOf(id);
      return new Promise<void>((resolve) => {
        slot.nextWaiters.push(resolve);
        if (urgent) send(id, slot);
        else plan(id, slot, 0);
      });
    },
    readIn: (id, delayMs) => plan(id, slotOf(id), delayMs),
    reset() {
      const old = slots;
      slots = new Map();
      for (const slot of old.values()) release(slot);
    },
    forget(id) {
      const slot = slots.get(id);
      if (!slot) return;
      slots.delete(id);
      release(slot);
    },
  };
}

function createSlot(): Slot {
  return {
    planned: null,
    underWay: false,
    again: false,
    failures: 0,
    paceMs: 0,
    waiters: [],
    nextWaiters: [],
  };
}

function unplan(slot: Slot) {
  slot.planned?.timer.cancel();
  slot.planned = null;
}

function release(slot: Slot) {
  unplan(slot);
  for (const settle of [...slot.waiters.splice(0), ...slot.nextWaiters.splice(0)]) settle();
}
