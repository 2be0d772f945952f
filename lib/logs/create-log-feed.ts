import type { EngineError, LogReader, LogStream, OpenLogOptions } from '#lib/engine/port.ts';
import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { LogSourceState } from '#lib/wire/log-message.ts';
import { createIntake } from './create-intake.ts';
import { createLineFan, type LineListener } from './create-line-fan.ts';
import type { LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';

export interface FeedState {
  state: LogSourceState;
  error: string | null;
}

export interface FeedListener extends LineListener {
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
  client(): LogReader | null;
  /** Whether the container still runs, as far as we know. */
  isUp(): boolean;
  timers: Timers;
  limits: LogLimits;
}): LogFeed {
  const { target, timers, limits } = options;
  const firstTail = Math.min(options.tail, limits.keptLines);
  const listeners = new Set<FeedListener>();
  const fan = createLineFan(target.taskId, listeners, timers, limits);
  const shown = createShownState(listeners);
  const { emit } = shown;
  const stream = createOneStream({
    onOpen: () => emit({ state: 'following', error: null }),
    onBytes(bytes) {
      if (intake.takeBytes(bytes)) stream.close();
    },
    onLines,
    onClose,
  });
  let retry: Timer | null = null;
  let closed = false;

  const intake = createIntake({
    timers,
    limits,
    firstTail,
    onGap: fan.skip,
    onSecond() {
      if (stream.isOpen() || shown.state().state !== 'following') return stream.isOpen();
      open();
      return false;
    },
  });

  function open(): void {
    retry?.cancel();
    if (closed) return;
    const client = options.client();
    if (client === null) {
      const where = target.hostname ?? 'its node';
      emit({ state: 'failed', error: `The engine of ${where} is not read, so its logs are not either.` });
      askLater();
      return;
    }
    const lastAtMs = intake.lastAtMs();
    stream.open(client, target.containerId, {
      tail: lastAtMs === null ? firstTail : limits.resumeLines,
      sinceMs: lastAtMs === null ? null : lastAtMs - SINCE_MARGIN_MS,
    });
    intake.begin();
  }

  function onLines(received: LogLine[]): void {
    const { lines, isOver } = intake.take(received);
    if (isOver) stream.close();
    if (lines.length > 0 || isOver) fan.push(lines);
  }

  function onClose(error: EngineError | null): void {
    intake.end();
    fan.flush();
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
      if (shown.state().state !== 'ended' || options.isUp()) open();
    });
  }

  open();

  return {
    state: shown.state,
    newest: fan.newest,
    async readOlder(count) {
      if (count <= firstTail) return [];
      fan.flush();
      const [oldest] = fan.newest(Number.POSITIVE_INFINITY);
      return readBefore(options.client(), target, count, oldest?.atMs ?? timers.nowMs());
    },
    join(listener) {
      fan.flush();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    viewers: () => listeners.size,
    close() {
      closed = true;
      stream.close();
      fan.close();
      intake.end();
      retry?.cancel();
      listeners.clear();
    },
  };
}

/** What a feed is, as all that look at it were told last. */
function createShownState(listeners: ReadonlySet<FeedListener>) {
  let now: FeedState = { state: 'opening', error: null };
  return {
    state: () => now,
    emit(next: FeedState): void {
      if (now.state === next.state && now.error === next.error) return;
      now = next;
      for (const listener of [...listeners]) listener.onState(now);
    },
  };
}

/** A log's stream, one at a time: what an earlier one still brings is passed over. */
function createOneStream(
  listener: Required<Pick<OpenLogOptions, 'onOpen' | 'onBytes' | 'onLines' | 'onClose'>>,
) {
  let stream: LogStream | null = null;
  return {
    isOpen: () => stream !== null,
    open(client: LogReader, containerId: string, range: Pick<OpenLogOptions, 'tail' | 'sinceMs'>): void {
      const mine = client.openLog(containerId, {
        ...range,
        follow: true,
        onOpen: listener.onOpen,
        onBytes(bytes) {
          if (stream === mine) listener.onBytes(bytes);
        },
        onLines(lines) {
          if (stream === mine) listener.onLines(lines);
        },
        onClose(error) {
          if (stream !== mine) return;
          stream = null;
          listener.onClose(error);
        },
      });
      stream = mine;
    },
    close(): void {
      stream?.close();
      stream = null;
    },
  };
}

async function readBefore(
  client: LogReader | null,
  target: LogTarget,
  count: number,
  untilMs: number,
): Promise<LogLine[]> {
  const range = { tail: count, sinceMs: null, untilMs: untilMs - SINCE_MARGIN_MS };
  return (await client?.readLog(target.containerId, range).catch(() => null)) ?? [];
}
