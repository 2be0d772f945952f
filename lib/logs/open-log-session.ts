import { encodeLogMessage } from '#lib/wire/encode-message.ts';
import type { LogMessage, LogSource } from '#lib/wire/log-message.ts';
import type { LogFeed } from './create-log-feed.ts';
import type { LogFeeds } from './create-log-feeds.ts';
import type { LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';
import type { LogTimers } from './log-timers.ts';

export interface LogSession {
  stream: ReadableStream<Uint8Array>;
  close(): void;
}

interface Followed {
  target: LogTarget;
  feed: LogFeed;
  leave(): void;
  /** Lines that this viewer was too slow for. */
  dropped: number;
}

/** Named to a viewer, those that are not read any more among them. */
const MAX_SOURCES = 60;
const TOO_MANY = 'Too many logs are followed on this server at once: this one is not read.';

/**
 * One viewer's log: of the containers that `targets` names, now and as they are replaced. Ends with `signal`, with the
 * reader's cancel, or with `close()`: whichever comes first. A slow reader costs its own buffer, and misses lines.
 */
export function openLogSession(options: {
  /** Asked again and again; `null`: there is nothing of that name any more. The first ones are read first. */
  targets(): LogTarget[] | null;
  feeds: LogFeeds;
  tail: number;
  timers: LogTimers;
  limits: LogLimits;
  signal: AbortSignal;
  onEnd(): void;
}): LogSession {
  const { feeds, timers, limits, signal } = options;
  const followed = new Map<string, Followed>();
  /** Told last, also of containers that are not read any more. */
  const sources = new Map<string, LogSource>();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let timer: { cancel(): void } | null = null;
  let leftOut = 0;
  let quietMs = 0;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', endAndClose);
    timer?.cancel();
    for (const { target, leave } of followed.values()) {
      leave();
      feeds.release(target);
    }
    followed.clear();
    options.onEnd();
  }

  function endAndClose(): void {
    end();
    try {
      controller?.close();
    } catch {
      // Already closed or cancelled: both sides of a disconnect fire.
    }
  }

  const hasRoom = () => (controller?.desiredSize ?? 0) > 0;
  const send = (bytes: Uint8Array) => {
    if (ended) return;
    quietMs = 0;
    controller?.enqueue(bytes);
  };
  const emit = (message: LogMessage) => send(encodeLogMessage(message));
  const emitSources = () => emit({ kind: 'sources', sources: [...sources.values()], leftOut });

  function toSource(
    { taskId, key, slot, hostname }: LogTarget,
    state: LogSource['state'],
    error: string | null,
  ) {
    sources.set(taskId, { taskId, key, slot, hostname, state, error });
    // Of a crash loop nobody needs all that ever were.
    for (const id of sources.keys()) {
      if (sources.size <= MAX_SOURCES) break;
      if (!followed.has(id)) sources.delete(id);
    }
  }

  function follow(target: LogTarget): void {
    const feed = feeds.of(target, options.tail);
    if (feed === null) {
      toSource(target, 'failed', TOO_MANY);
      return;
    }
    const mine: Followed = { target, feed, leave: () => {}, dropped: 0 };
    mine.leave = feed.join({
      onBytes(bytes, lineCount) {
        if (!hasRoom()) {
          mine.dropped += lineCount;
          return;
        }
        emitDropped(mine);
        send(bytes);
      },
      onState({ state, error }) {
        toSource(target, state, error);
        emitSources();
      },
    });
    followed.set(target.taskId, mine);
    const { state, error } = feed.state();
    toSource(target, state, error);
    feed.readOlder(options.tail).then((lines) => {
      if (!ended && lines.length > 0) emit({ kind: 'lines', taskId: target.taskId, lines });
    });
  }

  function emitDropped(one: Followed): void {
    if (one.dropped === 0) return;
    const count = one.dropped;
    one.dropped = 0;
    emit({ kind: 'skipped', taskId: one.target.taskId, atMs: timers.nowMs(), count });
  }

  function forget(one: Followed): void {
    one.leave();
    followed.delete(one.target.taskId);
    feeds.release(one.target);
  }

  /** Follows what is new, and leaves what is gone once it has said all. */
  function look(): void {
    const targets = options.targets() ?? [];
    const wanted = new Set(targets.map(({ taskId }) => taskId));
    for (const one of [...followed.values()]) {
      const { state } = one.feed.state();
      if (!wanted.has(one.target.taskId) && (state === 'ended' || state === 'failed')) forget(one);
    }
    const added: LogTarget[] = [];
    let over = 0;
    for (const target of targets) {
      if (followed.has(target.taskId)) continue;
      if (followed.size + added.length < limits.sources) added.push(target);
      else over += 1;
    }
    for (const target of added) follow(target);
    const changed = over !== leftOut || added.length > 0;
    leftOut = over;
    if (changed) emitSources();
    for (const { taskId } of added) {
      const lines = followed.get(taskId)?.feed.newest(options.tail) ?? [];
      if (lines.length > 0) emit({ kind: 'lines', taskId, lines });
    }
  }

  function schedule(): void {
    timer = timers.setTimer(limits.lookMs, () => {
      quietMs += limits.lookMs;
      look();
      if (quietMs >= limits.beatMs && hasRoom()) emit({ kind: 'beat' });
      if (!ended) schedule();
    });
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        if (signal.aborted) return endAndClose();
        signal.addEventListener('abort', endAndClose);
        emitSources();
        look();
        schedule();
      },
      pull() {
        for (const one of followed.values()) emitDropped(one);
      },
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limits.viewerBytes }),
  );
  return { stream, close: endAndClose };
}
