import type { Message } from '#lib/wire/message.ts';
import { parseMessage } from '#lib/wire/parse-message.ts';
import { type Connection, STALE_AFTER_MS } from './connection.ts';
import { createFrameLog } from './create-frame-log.ts';
import type { Position } from './position.ts';
import { readEvents } from './read-events.ts';
import { retryDelay } from './retry-delay.ts';

export interface ConnectionListener {
  onMessage(message: Message): void;
  onConnection(connection: Connection): void;
}

/** One open stream that looks after itself. */
export interface LiveConnection {
  /** What who joins late, standing at `from`, has to take first; `null` when only a snapshot helps: see `restart`. */
  since(from: Position | null): Message[] | null;
  connection(): Connection;
  /** Asks for a snapshot. */
  restart(): void;
  /** Something suggests that the network has changed or the machine has slept: try at once if nothing is heard. */
  check(): void;
  close(): void;
}

/**
 * Opens the stream at `url` and keeps it open: a stream that ends, fails or falls silent for 5 s is opened anew, after a
 * growing pause; it resumes where it stood, at first at `from`, and asks for a snapshot when something was missed.
 */
export function createConnection(
  url: string,
  listener: ConnectionListener,
  from: Position | null,
): LiveConnection {
  const log = createFrameLog(from);
  let connection: Connection = { state: 'connecting' };
  let failures = 0;
  let heardAtMs = Date.now();
  let resumeId = from === null ? null : `${from.epoch}-${from.revision}`;
  let attempt: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const tell = (next: Connection) => {
    connection = next;
    listener.onConnection(next);
  };

  const take = (message: Message, id: string | null) => {
    heardAtMs = Date.now();
    if (!log.take(message)) {
      resumeId = null;
      retry('Some changes were missed', 0);
      return;
    }
    if (id !== null) resumeId = id;
    failures = 0;
    if (connection.state !== 'open') tell({ state: 'open' });
    listener.onMessage(message);
  };

  const open = async () => {
    const own = new AbortController();
    attempt = own;
    heardAtMs = Date.now();
    let reason = 'The server closed the connection';
    try {
      const headers = {
        accept: 'text/event-stream',
        ...(resumeId === null ? {} : { 'last-event-id': resumeId }),
      };
      const response = await fetch(url, { headers, cache: 'no-store', signal: own.signal });
      if (!response.ok || response.body === null) reason = toReason(response.status);
      else {
        await readEvents(response.body, ({ event, id, data }) => {
          const message = attempt === own ? parseMessage(event, data) : null;
          if (message !== null) take(message, id);
        });
      }
    } catch {
      if (connection.state !== 'open') reason = 'The server does not answer';
    }
    own.abort();
    if (attempt === own) retry(reason, retryDelay(failures, Math.random()));
  };

  const retry = (reason: string, delayMs: number) => {
    attempt?.abort();
    attempt = null;
    clearTimeout(timer);
    if (closed) return;
    failures += 1;
    tell({ state: 'down', reason, retryInMs: delayMs });
    timer = setTimeout(open, delayMs);
  };

  const watch = setInterval(() => {
    if (attempt === null || Date.now() - heardAtMs < STALE_AFTER_MS) return;
    retry(
      connection.state === 'open' ? 'The server fell silent' : 'The server does not answer',
      retryDelay(failures, Math.random()),
    );
  }, 1000);

  open();
  return {
    since: log.since,
    connection: () => connection,
    restart() {
      resumeId = null;
      // Before an attempt, the next one will ask for it.
      if (attempt === null) return;
      attempt.abort();
      open();
    },
    check() {
      if (Date.now() - heardAtMs < STALE_AFTER_MS / 2) return;
      failures = 0;
      retry('The server fell silent', 0);
    },
    close() {
      closed = true;
      clearInterval(watch);
      clearTimeout(timer);
      attempt?.abort();
      attempt = null;
    },
  };
}

function toReason(status: number): string {
  if (status === 401) return 'You are signed out: reload this page to sign in';
  if (status === 403) return 'The server does not let this page in any more';
  return `The server answers ${status}`;
}
