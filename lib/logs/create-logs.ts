import type { LogReader } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Timers } from '#lib/flow/timers.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { createLogFeeds } from './create-log-feeds.ts';
import type { LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';
import { type LogSession, openLogSession } from './open-log-session.ts';
import { streamLogText } from './stream-log-text.ts';

/** One container's newest lines, or why there are none. */
export interface LogExcerpt {
  target: LogTarget;
  lines: LogLine[];
  error: string | null;
}

/** Container logs for many viewers: all that is bounded is bounded here. */
export interface Logs {
  /** Newline-separated JSON (lib/wire/log-message.ts). `null`: too many viewers. */
  follow(options: {
    targets(): LogTarget[] | null;
    tail: number;
    signal: AbortSignal;
  }): ReadableStream<Uint8Array> | null;
  /** `null`: too many viewers. */
  text(options: {
    targets: readonly LogTarget[];
    nameOf(target: LogTarget): string;
    tail: number | null;
  }): ReadableStream<Uint8Array> | null;
  /** A few at a time, the others wait, unless `signal` says that nobody does. `null`: too many viewers. */
  read(targets: readonly LogTarget[], tail: number, signal: AbortSignal): Promise<LogExcerpt[]> | null;
  stats(): { viewers: number; containers: number };
  close(): void;
}

export function createLogs(options: {
  clientOf(nodeId: string): LogReader | null;
  /** Whether its container still runs, as far as we know. */
  isUp(target: LogTarget): boolean;
  timers: Timers;
  limits: LogLimits;
}): Logs {
  const { timers, limits, clientOf } = options;
  const feeds = createLogFeeds(options);
  const sessions = new Set<LogSession>();
  let downloads = 0;
  let reads = 0;
  const reading = createSemaphore(limits.reads);
  const readingOne = createSemaphore(limits.containersRead);
  const isFull = () => sessions.size + downloads + reads >= limits.viewers;

  async function readOne(target: LogTarget, tail: number): Promise<LogExcerpt> {
    const client = clientOf(target.nodeId);
    if (client === null) return { target, lines: [], error: 'Its engine is not read.' };
    const turn = readingOne.acquire();
    await turn.ready;
    try {
      const range = { tail, sinceMs: null, untilMs: null };
      return { target, lines: await client.readLog(target.containerId, range), error: null };
    } catch (error) {
      return { target, lines: [], error: error instanceof Error ? error.message : String(error) };
    } finally {
      turn.release();
    }
  }

  async function readAll(targets: readonly LogTarget[], tail: number, signal: AbortSignal) {
    const release = await reading.acquireUnless(signal).catch(() => null);
    if (release === null) return [];
    try {
      return await Promise.all(targets.slice(0, limits.sources).map((target) => readOne(target, tail)));
    } finally {
      release();
    }
  }

  return {
    follow({ targets, tail, signal }) {
      if (isFull()) return null;
      let session: LogSession | null = null;
      const onEnd = () => {
        if (session) sessions.delete(session);
      };
      session = openLogSession({ targets, tail, signal, feeds, timers, limits, onEnd });
      if (!signal.aborted) sessions.add(session);
      return session.stream;
    },
    text({ targets, nameOf, tail }) {
      if (isFull()) return null;
      downloads += 1;
      const onEnd = () => {
        downloads -= 1;
      };
      return streamLogText({ targets: targets.slice(0, limits.sources), clientOf, nameOf, tail, onEnd });
    },
    read(targets, tail, signal) {
      if (isFull()) return null;
      reads += 1;
      return readAll(targets, tail, signal).finally(() => {
        reads -= 1;
      });
    },
    stats: () => ({ viewers: sessions.size + downloads + reads, containers: feeds.count() }),
    close() {
      for (const session of [...sessions]) session.close();
      feeds.close();
    },
  };
}
