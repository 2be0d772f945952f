import type { LogReader } from '#lib/engine/port.ts';
import type { Timers } from '#lib/flow/timers.ts';
import { createLogFeed, type LogFeed } from './create-log-feed.ts';
import type { LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';

/** The containers that are followed now: each once, for as long as somebody looks. */
export interface LogFeeds {
  /** One that is new begins with so many lines. `null`: too many are followed at once. */
  of(target: LogTarget, tail: number): LogFeed | null;
  /** Ends the feed if nobody looks at it any more. */
  release(target: LogTarget): void;
  count(): number;
  close(): void;
}

export function createLogFeeds(options: {
  clientOf(nodeId: string): LogReader | null;
  isUp(target: LogTarget): boolean;
  timers: Timers;
  limits: LogLimits;
}): LogFeeds {
  const feeds = new Map<string, LogFeed>();
  const { timers, limits } = options;
  return {
    of(target, tail) {
      const known = feeds.get(target.containerId);
      if (known) return known;
      if (feeds.size >= limits.feeds) return null;
      const feed = createLogFeed({
        target,
        tail,
        client: () => options.clientOf(target.nodeId),
        isUp: () => options.isUp(target),
        timers,
        limits,
      });
      feeds.set(target.containerId, feed);
      return feed;
    },
    release({ containerId }) {
      const feed = feeds.get(containerId);
      if (!feed || feed.viewers() > 0) return;
      feeds.delete(containerId);
      feed.close();
    },
    count: () => feeds.size,
    close() {
      for (const feed of feeds.values()) feed.close();
      feeds.clear();
    },
  };
}
