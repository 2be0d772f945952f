import type { EngineClient, EngineError, LogStream } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { encodeLogMessage } from '#lib/wire/encode-message.ts';
import type { LogSourceState } from '#lib/wire/log-message.ts';
import { createLineRing } from './create-line-ring.ts';
import type { LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';
import type { LogTimers } from './log-timers.ts';

export interface FeedState {
  state: LogSourceState;
  error: string | null;
}

export interface FeedListener {
  /** A `lines` or `skipped` message, encoded once for all viewers. */
  onBytes(bytes: Uint8Array, lineCount: number): void;
  onState(state: FeedState): void;
}

/** One container's log, followed once for all that look at it. */
export interface LogFeed {
  state(): FeedState;
  /** What a viewer that comes now must see first. */
  newest(count: number): LogLine[];
  /** Of the newest `count` lines those before what is kept here: it was opened with fewer. Never rejects. */
  readOlder(count: number): Promise<LogLine[]>;
  /** Hears of all that comes after. Returns how to leave. */
  join(listener: FeedListener): () => void;
  viewers(): number;
  close(): void;
}

/** The engine's times have nanoseconds, ours about a quarter of a microsecond: ask from a little before. */
const SINCE_MARGIN_MS = 0.001;
/** Answers that will not change by asking again: gone, being removed, not readable. */
const FINAL_STATUS = new Set([400, 404, 409, 501]);

/**
 * Follows one container. One that writes faster than the limit is not read on: its stream is closed, and once the
 * second is over its newest lines are asked for. So the engine reads out no more than we show, and nobody waits.
 */
export function createLogFeed(options: {
  target: LogTarget;
  /** How many lines to begin with. */
  tail: number;
  /** `null`: there is no way to its engine now. */
  client(): EngineClient | null;
  /** Whether the container still runs, as far as we know. */
  isUp(): boolean;
  timers: LogTimers;
  limits: LogLimits;
}): LogFeed {
  const { target, timers, limits } = options;
  const firstTail = Math.min(options.tail, limits.keptLines);
  const ring = createLineRing({ maxLines: limits.keptLines, maxChars: limits.keptChars });
  const listeners = new Set<FeedListener>();
  let now: FeedState = { state: 'opening', error: null };
  let stream: LogStream | null = null;
  let pending: LogLine[] = [];
  let lastAtMs: number | null = null;
  /** Lines up to the last one seen are being told again; whether some are missing shows when a newer one comes. */
  let resuming = false;
  let overlapped = false;
  let leftLines = 0;
  let leftChars = 0;
  let window: { cancel(): void } | null = null;
  let batch: { cancel(): void } | null = null;
  let retry: { cancel(): void } | null = null;
  let closed = false;

  function emit(next: FeedState): void {
    if (now.state === next.state && now.error === next.error) return;
    now = next;
    for (const listener of [...listeners]) listener.onState(now);
  }

  function send(bytes: Uint8Array, lineCount: number): void {
    for (const listener of [...listeners]) listener.onBytes(bytes, lineCount);
  }

  function flush(): void {
    batch?.cancel();
    batch = null;
    if (pending.length === 0) return;
    const lines = pending;
    pending = [];
    ring.push(lines);
    send(encodeLogMessage({ kind: 'lines', taskId: target.taskId, lines }), lines.length);
  }

  function skip(atMs: number): void {
    flush();
    send(encodeLogMessage({ kind: 'skipped', taskId: target.taskId, atMs, count: null }), 0);
  }

  function open(): void {
    retry?.cancel();
    retry = null;
    if (closed) return;
    const client = options.client();
    if (client === null) {
      const where = target.hostname ?? 'its node';
      emit({ state: 'failed', error: `The engine of ${where} is not read, so its logs are not either.` });
      askLater();
      return;
    }
    const first = lastAtMs === null;
    resuming = !first;
    overlapped = false;
    const mine = client.openLog(target.containerId, {
      tail: first ? firstTail : limits.resumeLines,
      sinceMs: lastAtMs === null ? null : lastAtMs - SINCE_MARGIN_MS,
      follow: true,
      onOpen: () => emit({ state: 'following', error: null }),
      onLines: (lines) => {
        if (stream === mine) onLines(lines);
      },
      onClose: (error) => {
        if (stream === mine) onClose(error);
      },
    });
    stream = mine;
    startWindow(first ? firstTail + limits.linesPerSecond : limits.linesPerSecond);
  }

  /** A new second: what may be read in it. */
  function startWindow(lines: number): void {
    window?.cancel();
    leftLines = lines;
    leftChars = Math.max(limits.charsPerSecond, lines > limits.linesPerSecond ? limits.keptChars : 0);
    window = timers.setTimer(1_000, () => {
      window = null;
      if (stream === null && now.state === 'following') open();
      else if (stream !== null) startWindow(limits.linesPerSecond);
    });
  }

  function onLines(received: LogLine[]): void {
    const lines = resuming ? dropKnown(received) : received;
    if (lines.length === 0) return;
    let taken = 0;
    while (taken < lines.length && leftLines > 0 && leftChars > 0) {
      leftChars -= lines[taken]?.text.length ?? 0;
      leftLines -= 1;
      taken += 1;
    }
    const accepted = taken === lines.length ? lines : lines.slice(0, taken);
    pending.push(...accepted);
    lastAtMs = accepted.at(-1)?.atMs ?? lastAtMs;
    if (taken < lines.length) {
      stream?.close();
      stream = null;
    }
    batch ??= timers.setTimer(limits.batchMs, flush);
  }

  /** What is told again after a resume is left out; when nothing is, more was written in between than was asked for. */
  function dropKnown(received: LogLine[]): LogLine[] {
    const last = lastAtMs ?? 0;
    const firstNew = received.findIndex(({ atMs }) => atMs > last);
    if (firstNew === 0 && !overlapped) skip(received[0]?.atMs ?? last);
    overlapped = true;
    if (firstNew === -1) return [];
    resuming = false;
    return received.slice(firstNew);
  }

  function onClose(error: EngineError | null): void {
    stream = null;
    window?.cancel();
    window = null;
    flush();
    if (error === null) {
      emit({ state: 'ended', error: null });
      // Of a container that still runs it was the engine that ended, or its answer to us.
      askLater();
      return;
    }
    emit({ state: 'failed', error: error.message });
    if (error.statusCode === null || !FINAL_STATUS.has(error.statusCode)) askLater();
  }

  function askLater(): void {
    if (closed) return;
    retry = timers.setTimer(limits.retryMs, () => {
      retry = null;
      if (now.state !== 'ended') open();
      else if (options.isUp()) open();
    });
  }

  open();

  return {
    state: () => now,
    newest: (count) => ring.newest(count),
    async readOlder(count) {
      if (count <= firstTail) return [];
      flush();
      const [oldest] = ring.newest(Number.POSITIVE_INFINITY);
      const untilMs = (oldest?.atMs ?? timers.nowMs()) - SINCE_MARGIN_MS;
      const range = { tail: count, sinceMs: null, untilMs };
      return (
        (await options
          .client()
          ?.readLog(target.containerId, range)
          .catch(() => null)) ?? []
      );
    },
    join(listener) {
      flush();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    viewers: () => listeners.size,
    close() {
      closed = true;
      stream?.close();
      stream = null;
      for (const timer of [window, batch, retry]) timer?.cancel();
      listeners.clear();
    },
  };
}
