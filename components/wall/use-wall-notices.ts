import { useEffect, useState } from 'react';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import { EMPHASIS_MS, NO_NOTICES, trackNotices, type WallNotice } from '#lib/view/wall/track-notices.ts';

export interface ShownNotices {
  recent: readonly WallNotice[];
  /** Ids of problems that are so new that they are set off. */
  fresh: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** What came and went on this wall. `isLive` false: what changes meanwhile is shown when the wall is live again. */
export function useWallNotices(
  problems: readonly Pick<WallProblem, 'id' | 'name'>[],
  silenced: ReadonlySet<string>,
  isLive: boolean,
  onAppeared: () => void,
): ShownNotices {
  const { clock } = useLiveContext();
  const [notices, setNotices] = useState(NO_NOTICES);
  const [fresh, setFresh] = useState(NONE);

  useEffect(() => {
    if (isLive) setNotices((before) => trackNotices(before, problems, clock.nowMs(), silenced));
  }, [problems, silenced, isLive, clock]);

  useEffect(() => {
    const newest = notices.recent[0];
    if (newest === undefined) return;
    const now = notices.recent.filter(
      ({ kind, atMs }) => kind === 'appeared' && newest.atMs - atMs < EMPHASIS_MS,
    );
    setFresh(new Set(now.map(({ id }) => id)));
    if (newest.kind === 'appeared') onAppeared();
    const timer = setTimeout(() => setFresh(NONE), EMPHASIS_MS);
    return () => clearTimeout(timer);
  }, [notices, onAppeared]);

  return { recent: notices.recent, fresh };
}
