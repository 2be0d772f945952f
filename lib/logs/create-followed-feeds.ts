import type { FeedState, LogFeed } from './create-log-feed.ts';
import type { LogFeeds } from './create-log-feeds.ts';
import type { LogTarget } from './log-target.ts';

/** The logs that one viewer reads. */
export interface FollowedFeeds {
  readonly size: number;
  has(taskId: string): boolean;
  /** @returns the feed; `null`: as many are followed on this server as may be */
  follow(target: LogTarget): LogFeed | null;
  /** Leaves those that are not wanted any more and have said all. */
  leaveEnded(isWanted: (taskId: string) => boolean): void;
  newest(taskId: string, count: number): ReturnType<LogFeed['newest']>;
  /** Says what this viewer was too slow for. */
  emitDropped(): void;
  close(): void;
}

interface Followed {
  target: LogTarget;
  feed: LogFeed;
  leave(): void;
  /** Lines that this viewer was too slow for. */
  dropped: number;
}

export function createFollowedFeeds(options: {
  feeds: LogFeeds;
  tail: number;
  hasRoom(): boolean;
  send(bytes: Uint8Array): void;
  onState(target: LogTarget, state: FeedState): void;
  onDropped(taskId: string, count: number): void;
}): FollowedFeeds {
  const { feeds, tail, hasRoom } = options;
  const followed = new Map<string, Followed>();

  function emitDropped(one: Followed): void {
    if (one.dropped === 0) return;
    const count = one.dropped;
    one.dropped = 0;
    options.onDropped(one.target.taskId, count);
  }

  function leave({ target, leave }: Followed): void {
    leave();
    feeds.release(target);
  }

  return {
    get size() {
      return followed.size;
    },
    has: (taskId) => followed.has(taskId),
    follow(target) {
      const feed = feeds.of(target, tail);
      if (feed === null) return null;
      const mine: Followed = { target, feed, leave: () => {}, dropped: 0 };
      mine.leave = feed.join({
        onBytes(bytes, lineCount) {
          if (!hasRoom()) {
            mine.dropped += lineCount;
            return;
          }
          emitDropped(mine);
          options.send(bytes);
        },
        onState: (state) => options.onState(target, state),
      });
      followed.set(target.taskId, mine);
      return feed;
    },
    leaveEnded(isWanted) {
      for (const one of [...followed.values()]) {
        const { state } = one.feed.state();
        if (isWanted(one.target.taskId) || (state !== 'ended' && state !== 'failed')) continue;
        followed.delete(one.target.taskId);
        leave(one);
      }
    },
    newest: (taskId, count) => followed.get(taskId)?.feed.newest(count) ?? [],
    emitDropped() {
      for (const one of followed.values()) emitDropped(one);
    },
    close() {
      for (const one of followed.values()) leave(one);
      followed.clear();
    },
  };
}
