import type { Message } from '#lib/wire/message.ts';
import { parseMessage } from '#lib/wire/parse-message.ts';
import { retryDelay } from '#lib/wire/retry-delay.ts';
import * as words from '#words/pages/connection.ts';
import { type Clock, repeat, systemClock, type Timer } from './clock.ts';
import { type Connection, type Position, STALE_AFTER_MS } from './connection.ts';
import { createFrameLog } from './create-frame-log.ts';
import { readStream, type StreamEnd } from './read-stream.ts';

export interface ConnectionListener<M = Message> {
  onMessage(message: M): void;
  onConnection(connection: Connection): void;
}

/** What a stream sends, and how it goes on after a break. */
export interface StreamKind<M> {
  /** `null`: it is nothing that is known. */
  parse(event: string, data: string): M | null;
  /** One message further; false when something before it was missed. */
  take(message: M): boolean;
  since(from: Position | null): M[] | null;
}

const WATCH_MS = 1000;
/** A stream that was well for so long and ends was ended on purpose: by a proxy, or for the server to ask who we are. */
const WELL_AFTER_MS = 60_000;

/** One open stream that looks after itself. */
export interface LiveConnection<M = Message> {
  /** What who joins late, standing at `from`, has to take first; `null` when only a snapshot helps: see `restart`. */
  since(from: Position | null): M[] | null;
  connection(): Connection;
  /** Asks for a snapshot. */
  restart(): void;
  /** Something suggests that the network has changed or the machine has slept: try at once if nothing is received. */
  check(): void;
  close(): void;
}

/**
 * Opens the stream at `url` and keeps it open: a stream that ends, fails or falls silent for 5 s is opened anew, after a
 * growing pause (one that was well for a minute at once, and nobody is told unless that fails); it resumes where it stood, at first at `from`, and asks for a snapshot when something was missed.
 */
export function createConnection(
  url: string,
  listener: ConnectionListener,
  from: Position | null,
  parts: { clock?: Clock; fetchStream?: typeof fetch } = {},
): LiveConnection {
  const { take, since } = createFrameLog(from);
  return createStreamConnection(url, listener, from, { parse: parseMessage, take, since }, parts);
}

/** The same for a stream of another kind. */
export function createStreamConnection<M>(
  url: string,
  listener: ConnectionListener<M>,
  from: Position | null,
  kind: StreamKind<M>,
  { clock = systemClock, fetchStream = fetch }: { clock?: Clock; fetchStream?: typeof fetch } = {},
): LiveConnection<M> {
  let connection: Connection = { state: 'connecting' };
  let failures = 0;
  const silence = createSilence(clock);
  let resumeId = from === null ? null : `${from.epoch}-${from.revision}`;
  /** When the present stream began to say something; `null`: it has not. */
  let wellSinceMs: number | null = null;
  let attempt: AbortController | null = null;
  let timer: Timer | null = null;
  let closed = false;

  const publish = (next: Connection) => {
    connection = next;
    listener.onConnection(next);
  };

  const take = (message: M, id: string | null) => {
    const atMs = silence.end();
    if (!kind.take(message)) {
      resumeId = null;
      retry(words.changesMissed, 0);
      return;
    }
    if (id !== null) resumeId = id;
    failures = 0;
    wellSinceMs ??= atMs;
    if (connection.state !== 'open') publish({ state: 'open' });
    listener.onMessage(message);
  };

  const open = async () => {
    const own = new AbortController();
    attempt = own;
    silence.end();
    wellSinceMs = null;
    const end = await readStream(
      url,
      { resumeId, signal: own.signal, fetchStream },
      {
        onEvent({ event, id, data }) {
          const message = attempt === own ? kind.parse(event, data) : null;
          if (message !== null) take(message, id);
        },
        onBytes() {
          if (attempt === own) silence.interrupt();
        },
      },
    );
    own.abort();
    if (attempt !== own) return;
    if (wellSinceMs !== null && clock.nowMs() - wellSinceMs >= WELL_AFTER_MS) open();
    else retry(toReason(end, connection), retryDelay(failures, clock.random()), isSignedOut(end));
  };

  const retry = (reason: string, delayMs: number, needsSignIn = false) => {
    attempt?.abort();
    attempt = null;
    timer?.cancel();
    if (closed) return;
    failures += 1;
    publish({ state: 'down', reason, retryInMs: delayMs, ...(needsSignIn ? { isSignedOut: true } : {}) });
    timer = clock.setTimer(delayMs, open);
  };

  const silentMs = () => silence.lastsMs(connection.state === 'open');

  const watch = repeat(clock, WATCH_MS, () => {
    if (attempt === null || silentMs() < STALE_AFTER_MS) return;
    retry(
      connection.state === 'open' ? words.serverSilent : words.noAnswer,
      retryDelay(failures, clock.random()),
    );
  });

  open();
  return {
    since: kind.since,
    connection: () => connection,
    restart() {
      resumeId = null;
      // Before an attempt, the next one will ask for it.
      if (attempt === null) return;
      attempt.abort();
      open();
    },
    check() {
      if (silentMs() < STALE_AFTER_MS / 2) return;
      failures = 0;
      retry(words.serverSilent, 0);
    },
    close() {
      closed = true;
      watch.cancel();
      timer?.cancel();
      attempt?.abort();
      attempt = null;
    },
  };
}

/** How long nothing came: of a whole message, or of anything at all. */
function createSilence({ nowMs }: Pick<Clock, 'nowMs'>) {
  let receivedAtMs = nowMs();
  /** When anything came last, be it a part of a message, or a word that there will be one. */
  let movedAtMs = receivedAtMs;
  return {
    /** A message came, or one is asked for. @returns when */
    end() {
      receivedAtMs = nowMs();
      return receivedAtMs;
    },
    /** Some bytes came. */
    interrupt() {
      movedAtMs = nowMs();
    },
    /** A large picture over a slow line is not begun anew while it comes; what is open says a whole word every two seconds. */
    lastsMs: (isOpen: boolean) => nowMs() - (isOpen ? receivedAtMs : Math.max(receivedAtMs, movedAtMs)),
  };
}

function isSignedOut(end: StreamEnd): boolean {
  return end.kind === 'refused' && end.status === 401;
}

/** What is said of a stream that ended. One that was open was closed, however that showed. */
function toReason(end: StreamEnd, { state }: Connection): string {
  if (end.kind === 'broken' && state !== 'open') return words.noAnswer;
  if (end.kind !== 'refused') return words.connectionClosed;
  if (end.status === 401) return words.signedOut;
  if (end.status === 403) return words.refused;
  return words.badStatus(end.status);
}
