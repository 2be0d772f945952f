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
  /** Is it known that the engine cannot tell of it? Then its question may wait longer: it is answered once it goes on. */
  isUnread(id: string): boolean;
  onSend(id: string): void;
  onRead(id: string, container: Container | null): void;
  /** The read failed. A retry is planned already while `retries` last. */
  onError(id: string, error: unknown): void;
}

interface Flight {
  /** It may wait longer than others. */
  patient: boolean;
  /** It began before the one before it was answered. Its own answer counts, or on a slow engine none ever would. */
  overtook: boolean;
}

interface Slot {
  planned: { timer: Timer; dueMs: number } | null;
  /** The question whose answer counts; `null`: none is under way. */
  flight: Flight | null;
  /** An older one, whose answer no longer counts, still holds a place in the engine. */
  overtaken: boolean;
  again: boolean;
  failures: number;
  /** Earliest moment of the next paced read, minus the burst allowance. */
  paceMs: number;
  waiters: (() => void)[];
  nextWaiters: (() => void)[];
}

/** So many questions of one engine may wait long: its client has six at a time, and the others need them. */
const MAX_PATIENT = 2;

export function createReader(options: ReaderOptions): Reader {
  const { client, clock, isUnread, onSend, onRead, onError } = options;
  let slots = new Map<string, Slot>();
  let patient = 0;

  function slotOf(id: string): Slot {
    const slot = slots.get(id) ?? createSlot();
    slots.set(id, slot);
    return slot;
  }

  function send(id: string, slot: Slot) {
    if (slot.flight !== null) {
      slot.again = true;
      return;
    }
    unplan(slot);
    const flight: Flight = { patient: isUnread(id) && patient < MAX_PATIENT, overtook: slot.overtaken };
    if (flight.patient) patient += 1;
    slot.flight = flight;
    slot.paceMs = toNextPaceMs(slot.paceMs, clock.steadyMs());
    slot.waiters.push(...slot.nextWaiters.splice(0));
    onSend(id);
    client.inspectContainer(id, flight.patient ? LIMITS.unreadInspectMs : LIMITS.inspectMs).then(
      (container) => done(id, slot, flight, () => onRead(id, container), null),
      (error: unknown) => done(id, slot, flight, () => onError(id, error), error),
    );
  }

  /** What an event calls for does not wait behind a question that may take long. */
  function overtake(slot: Slot) {
    if (!slot.flight?.patient || slot.flight.overtook || slot.overtaken) return;
    slot.overtaken = true;
    slot.flight = null;
  }

  function done(id: string, slot: Slot, flight: Flight, emit: () => void, error: unknown) {
    if (flight.patient) patient -= 1;
    if (slot.flight !== flight) {
      slot.overtaken = false;
      return;
    }
    slot.flight = null;
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
        if (!urgent) return plan(id, slot, 0);
        overtake(slot);
        send(id, slot);
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
    flight: null,
    overtaken: false,
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
