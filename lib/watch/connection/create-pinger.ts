import type { EngineClient } from '#lib/engine/port.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { Attempts } from '#lib/watch/create-attempts.ts';
import { toSentence } from '#lib/watch/log.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';

/** Asks the other side whether it is there, once at a time. */
export interface Pinger {
  ping(client: EngineClient, limitMs: number): void;
  /** The one under way is worth nothing. */
  drop(): void;
}

/** How long after a ping's own limit we stop waiting for it ourselves. */
const GRACE_MS = 50;

export function createPinger(
  clock: Clock,
  attempt: Attempts['attempt'],
  on: { answered(): void; silent(error: string): void },
): Pinger {
  let isUnderWay = false;

  return {
    ping(client, limitMs) {
      if (isUnderWay) return;
      isUnderWay = true;
      const late = `${client.endpoint} accepts connections but does not answer.`;
      attempt(
        raceLimit(clock, limitMs + GRACE_MS, client.ping(limitMs), late),
        () => {
          isUnderWay = false;
          on.answered();
        },
        (error) => {
          isUnderWay = false;
          on.silent(toSentence(error));
        },
      );
    },
    drop() {
      isUnderWay = false;
    },
  };
}
