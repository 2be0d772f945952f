import type { Message } from '#lib/wire/message.ts';

/** The connection to the server, as its owner (a worker, or the page itself) sees it. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  /** `reason` says in words why; `retryInMs` is the pause before the next try, from when this was said. */
  | {
      state: 'down';
      reason: string;
      retryInMs: number;
      /** The server lets nobody in by what this browser shows. */
      isSignedOut?: true;
    };

/** Without a word from the server for this long, what is shown counts as stale (it sends a beat every 2 s). */
export const STALE_AFTER_MS = 5000;

/** And for this long, the connection counts as lost. */
export const LOST_AFTER_MS = 20_000;

/** Where a reader of the stream stands: which life of the server, and which of its revisions. */
export interface Position {
  epoch: string;
  revision: number;
}

/** What a page sends to the worker that holds the stream for all tabs. */
export type ToWorker =
  /** `from`: what the page shows already; `null` when it needs the whole picture. */
  { kind: 'join'; from: Position | null } | { kind: 'check' } | { kind: 'leave' };

/** What the worker sends to each page. `alive` answers every `check`. */
export type FromWorker =
  | { kind: 'message'; message: Message }
  | { kind: 'connection'; connection: Connection }
  | { kind: 'alive' };
