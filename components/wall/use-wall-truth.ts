import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import type { AgeMeter } from '#lib/client/live/create-age-meter.ts';
import type { SwarmHead } from '#lib/model/contract/picture.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { decideWallTruth, type WallTruth } from '#lib/view/wall/decide-wall-truth.ts';
import * as words from '#words/pages/wall.ts';

const LOOK_MS = 500;

/** Looks twice a second, and with every word of the server, whether the wall may be believed; and when it last looked. */
export function useWallTruth(
  meter: AgeMeter,
  hasPicture: boolean,
  head: Pick<SwarmHead, 'ready' | 'sources' | 'findings' | 'sentence'>,
): { truth: WallTruth; lookedAtMs: RefObject<number> } {
  const { clock, status, subscribeStatus } = useLiveContext();
  const [truth, setTruth] = useState<WallTruth>({
    kind: 'connecting',
    reason: words.waiting,
  });
  const lookedAtMs = useRef(Number.NEGATIVE_INFINITY);
  const startedAtMs = useRef(Number.NaN);

  useEffect(() => {
    if (Number.isNaN(startedAtMs.current)) startedAtMs.current = performance.now();
    const look = () => {
      const nowMs = performance.now();
      lookedAtMs.current = nowMs;
      const { liveness, reason, seenAtMs } = status();
      const next = decideWallTruth({
        hasPicture,
        ageMs: meter.ageMs(),
        isLive: liveness === 'live',
        reason,
        head,
        seenAtMs,
        nowMs: clock.nowMs(),
        waitedMs: nowMs - startedAtMs.current,
      });
      setTruth((before) => (hasEqualContent(before, next) ? before : next));
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    const unsubscribe = subscribeStatus(look);
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [meter, hasPicture, head, clock, status, subscribeStatus]);

  return { truth, lookedAtMs };
}
