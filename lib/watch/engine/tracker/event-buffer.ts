import type { EngineEvent } from '#lib/engine/port.ts';

/** Keeps events back while all containers are listed and read, so that none is applied to what is older than it. */
export interface EventBuffer {
  /** From now on events are kept back. */
  hold(): void;
  /** This container's inspect leaves now: what its answer holds is everything before. */
  mark(containerId: string): void;
  /** @returns whether it was kept back (or left out: there are too many); else it is to be applied now */
  keep(event: EngineEvent): boolean;
  /** Ends the hold. @returns what was kept back, in its order, and of each whether its container was read after it */
  release(): HeldEvent[];
  /** Did more come than is kept back, besides commands that ended? Then a list has to tell what became of it. */
  isMissed(): boolean;
  /** Ends the hold and drops what was kept back. */
  drop(): void;
}

export interface HeldEvent {
  event: EngineEvent;
  isContained: boolean;
}

const HELD_MAX = 20_000;

/**
 * `max`: with more than these, commands that ended are left out: the reads that follow find their probes. Of the rest as
 * many again are kept: an engine may take its time to be read, and its events come meanwhile.
 */
export function createEventBuffer(max = HELD_MAX): EventBuffer {
  let held: { event: EngineEvent; order: number }[] | null = null;
  let marks = new Map<string, number>();
  let order = 0;
  let isMissed = false;

  return {
    hold() {
      held = [];
      isMissed = false;
      marks = new Map();
    },
    mark(containerId) {
      marks.set(containerId, order);
    },
    keep(event) {
      order += 1;
      if (held === null) return false;
      const isExec = event.kind === 'exec-die';
      if (held.length < (isExec ? max : 2 * max)) held.push({ event, order });
      else if (!isExec) isMissed = true;
      return true;
    },
    release() {
      const events = held ?? [];
      held = null;
      return events.map(({ event, order: at }) => ({
        event,
        isContained: 'containerId' in event && at <= (marks.get(event.containerId) ?? 0),
      }));
    },
    isMissed: () => isMissed,
    drop() {
      held = null;
    },
  };
}
