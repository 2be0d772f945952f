/** The connection to the server, as its owner (a worker, or the page itself) sees it. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  /** `reason` says in words why; `retryInMs` is the pause before the next try, from when this was said. */
  | { state: 'down'; reason: string; retryInMs: number };

/** Without a word from the server for this long, what is shown counts as stale (it sends a beat every 2 s). */
export const STALE_AFTER_MS = 5000;

/** And for this long, the connection counts as lost. */
export const LOST_AFTER_MS = 20_000;
