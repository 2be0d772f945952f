import type { Message } from '#lib/wire/message.ts';
import type { Connection } from './connection.ts';
import type { Position } from './position.ts';

/** What a page sends to the worker that holds the stream for all tabs. */
export type ToWorker =
  /** `from`: what the page shows already; `null` when it needs the whole picture. */
  { kind: 'join'; from: Position | null } | { kind: 'check' } | { kind: 'leave' };

/** What the worker sends to each page. `alive` answers every `check`. */
export type FromWorker =
  | { kind: 'message'; message: Message }
  | { kind: 'connection'; connection: Connection }
  | { kind: 'alive' };
