import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';

/** A node that is lost changes its incident with every replica that it took along: together that is one message. */
const PACE_MS = 500;

/** Has viewers sent which incidents last, when that is something else than before, and at most every half second. */
export interface IncidentPublisher {
  /** Something of them changed. */
  observe(): void;
  close(): void;
}

export function createIncidentPublisher({
  setTimer,
  overview,
  publish,
}: Pick<Timers, 'setTimer'> & {
  /** What is shown of them; the same object while that is the same. */
  overview(): OpenIncidents;
  publish(): void;
}): IncidentPublisher {
  let sent = overview();
  let timer: Timer | null = null;

  function send(): void {
    timer = null;
    const now = overview();
    if (now === sent) return;
    sent = now;
    publish();
  }

  return {
    observe() {
      timer ??= setTimer(PACE_MS, send);
    },
    close: () => timer?.cancel(),
  };
}
