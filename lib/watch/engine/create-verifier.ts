import type { EngineClient, EngineIdentity } from '#lib/engine/port.ts';
import { createOneTimer } from '#lib/flow/create-one-timer.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { Attempts } from '#lib/watch/create-attempts.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** Asks an engine whose it is, once at a time: it may have left its node and joined as another, with its streams open. */
export interface Verifier {
  now(): void;
  /** The same in some seconds. */
  soon(): void;
  /** Not any more what was to come. */
  stop(): void;
}

export function createVerifier(
  client: EngineClient,
  clock: Pick<Clock, 'setTimer'>,
  attempt: Attempts['attempt'],
  on: { found(identity: EngineIdentity): void; failed(): void },
): Verifier {
  let isUnderWay = false;
  const timer = createOneTimer(clock, now);

  function now(): void {
    timer.cancel();
    if (isUnderWay) return;
    isUnderWay = true;
    const settle = () => {
      isUnderWay = false;
    };
    const identity = client.identify();
    attempt(identity, on.found, on.failed);
    identity.then(settle, settle);
  }

  return {
    now,
    soon: () => timer.in(LIMITS.joiningMs),
    stop: timer.cancel,
  };
}
