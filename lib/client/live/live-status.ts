import type { Liveness } from './to-liveness.ts';

/** What a page says of its own connection. */
export interface LiveStatus {
  liveness: Liveness;
  /** The server's clock, when what is shown was last confirmed. */
  confirmedAtMs: number;
  /** Why it is not live, in words; `null` when it is, or when it never was yet. */
  reason: string | null;
  /** Has this page been live before? Until then it shows the state as of the request. */
  wasLive: boolean;
  /** This machine's clock, when the server last came back as a new process; `null` when it did not. */
  restartedAtMs: number | null;
}
