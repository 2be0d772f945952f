import type { Timer, Timers } from '#lib/flow/timers.ts';
import { encodeLogMessage } from '#lib/wire/encode-message.ts';
import type { LogMessage } from '#lib/wire/log-message.ts';
import { createFollowedFeeds } from './create-followed-feeds.ts';
import type { LogFeeds } from './create-log-feeds.ts';
import { createSourceList, selectAdded } from './create-source-list.ts';
import type { LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';

export interface LogSession {
  stream: ReadableStream<Uint8Array>;
  close(): void;
}

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
  timers: Timers;
  limits: LogLimits;
  signal: AbortSignal;
  onEnd(): void;
}): LogSession {
  const { timers, limits, signal } = options;
  const sources = createSourceList((taskId) => followed.has(taskId));
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let timer: Timer | null = null;
  let leftOut = 0;
  let quietMs = 0;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', endAndClose);
    timer?.cancel();
    followed.close();
    options.onEnd();
  }

  function endAndClose(): void {
    end();
    closeOnce(controller);
  }

  const hasRoom = () => (controller?.desiredSize ?? 0) > 0;
  const send = (bytes: Uint8Array) => {
    if (ended) return;
    quietMs = 0;
    controller?.enqueue(bytes);
  };
  const emit = (message: LogMessage) => send(encodeLogMessage(message));
  const emitSources = () => emit({ kind: 'sources', sources: sources.all(), leftOut });

  const followed = createFollowedFeeds({
    feeds: options.feeds,
    tail: options.tail,
    hasRoom,
    send,
    onState(target, { state, error }) {
      sources.set(target, state, error);
      emitSources();
    },
    onDropped: (taskId, count) => emit({ kind: 'skipped', taskId, atMs: timers.nowMs(), count }),
  });

  function follow(target: LogTarget): void {
    const feed = followed.follow(target);
    if (feed === null) {
      sources.set(target, 'failed', TOO_MANY);
      return;
    }
    const { state, error } = feed.state();
    sources.set(target, state, error);
    feed.readOlder(options.tail).then((lines) => {
      if (!ended && lines.length > 0) emit({ kind: 'lines', taskId: target.taskId, lines });
    });
  }

  /** Follows what is new, and leaves what is gone once it has said all. */
  function look(): void {
    const targets = options.targets() ?? [];
    const wanted = new Set(targets.map(({ taskId }) => taskId));
    followed.leaveEnded((taskId) => wanted.has(taskId));
    const { added, over } = selectAdded(targets, followed, limits.sources);
    for (const target of added) follow(target);
    const changed = over !== leftOut || added.length > 0;
    leftOut = over;
    if (changed) emitSources();
    for (const { taskId } of added) {
      const lines = followed.newest(taskId, options.tail);
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
      pull: followed.emitDropped,
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limits.viewerBytes }),
  );
  return { stream, close: endAndClose };
}

function closeOnce(controller: ReadableStreamDefaultController<Uint8Array> | null): void {
  try {
    controller?.close();
  } catch {
    // Already closed or cancelled: both sides of a disconnect fire.
  }
}
