const RETRY_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
/** Once it is known to be away: questions wait meanwhile. */
const RECONNECT_WITHIN_MS = 2_000;

/** When a database that failed is tried again, and how. */
export interface Retry {
  isDue(): boolean;
  connectWithinMs(): number;
  /** Records are tried one by one: one of them was refused. */
  isCareful(): boolean;
  begin(): void;
  succeed(): void;
  /** @param isOfValues it refused what was given to it, so that it is there */
  fail(isOfValues: boolean): void;
  /** Something changed: it is tried at once. */
  hurry(): void;
  /** What was refused was passed over. */
  endCare(): void;
}

export function createRetry(nowMs: () => number): Retry {
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let isAway = false;
  let isCareful = false;
  return {
    // A clock that was set back must not put it off.
    isDue: () => Math.abs(nowMs() - triedAtMs) >= RETRY_MS,
    connectWithinMs: () => (isAway ? RECONNECT_WITHIN_MS : CONNECT_WITHIN_MS),
    isCareful: () => isCareful,
    begin() {
      triedAtMs = nowMs();
    },
    succeed() {
      isAway = false;
    },
    fail(isOfValues) {
      isAway = !isOfValues;
      // What was refused of one record is found by trying them one by one, at once.
      isCareful = isOfValues && !isCareful;
      triedAtMs = isCareful ? Number.NEGATIVE_INFINITY : nowMs();
    },
    hurry() {
      triedAtMs = Number.NEGATIVE_INFINITY;
    },
    endCare() {
      isCareful = false;
    },
  };
}
