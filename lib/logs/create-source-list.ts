import type { LogSource } from '#lib/wire/log-message.ts';
import type { LogTarget } from './log-target.ts';

/** Named to a viewer, those that are not read any more among them. */
const MAX_SOURCES = 60;

/** The containers of one viewer's log, as that was told of them last; also those that are not read any more. */
export interface SourceList {
  set(target: LogTarget, state: LogSource['state'], error: string | null): void;
  all(): LogSource[];
}

/** @param isFollowed of a crash loop nobody needs all that ever were: those that are not followed go first */
export function createSourceList(isFollowed: (taskId: string) => boolean): SourceList {
  const sources = new Map<string, LogSource>();

  return {
    set({ taskId, key, slot, hostname }, state, error) {
      sources.set(taskId, { taskId, key, slot, hostname, state, error });
      for (const id of sources.keys()) {
        if (sources.size <= MAX_SOURCES) break;
        if (!isFollowed(id)) sources.delete(id);
      }
    },
    all: () => [...sources.values()],
  };
}

/** Which of these to follow beside those that are followed, and how many are over. */
export function selectAdded(
  targets: readonly LogTarget[],
  followed: { readonly size: number; has(taskId: string): boolean },
  max: number,
): { added: LogTarget[]; over: number } {
  const fresh = targets.filter(({ taskId }) => !followed.has(taskId));
  const added = fresh.slice(0, Math.max(0, max - followed.size));
  return { added, over: fresh.length - added.length };
}
