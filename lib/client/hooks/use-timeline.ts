import { useEffect, useRef, useState } from 'react';
import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import type { Axis } from '#lib/view/timeline/axis-window.ts';
import { useLiveContext } from './use-live.ts';
import { usePart } from './use-part.ts';

/** After something happened it is asked for again, and an axis moves on without; never at a quicker pace than one sees. */
const MIN_MS = 3_000;
const MAX_MS = 60_000;
const SHARE = 1 / 1_200;

export interface TimelineNow {
  timeline: Timeline | null;
  window: Axis['window'];
  error: Error | null;
}

/** What the axis shows, beginning with what the server rendered; one that ends now moves on. */
export function useTimeline(axis: Axis, initial: Timeline | null): TimelineNow {
  const { clock } = useLiveContext();
  const events = usePart('recentEvents');
  const { isNewest, window } = axis;
  const { fromMs, untilMs } = window;
  const lengthMs = untilMs - fromMs;
  const [now, setNow] = useState<TimelineNow>({ timeline: initial, window, error: null });
  const askedAtMs = useRef(initial === null ? Number.NEGATIVE_INFINITY : 0);
  const newestId = events?.[0]?.id ?? 0;

  // Another axis: what the server drew for it is shown at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the window is made anew with every render of the server.
  useEffect(() => setNow({ timeline: initial, window, error: null }), [initial]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what happened is a reason to ask, and not what is asked; so is each answer.
  useEffect(() => {
    if (!isNewest && now.timeline !== null) return;
    const paceMs = Math.min(MAX_MS, Math.max(MIN_MS, lengthMs * SHARE));
    let isCurrent = true;
    const ask = async () => {
      if (document.visibilityState === 'hidden') return;
      askedAtMs.current = performance.now();
      const endMs = isNewest ? clock.nowMs() : untilMs;
      const next = { fromMs: endMs - lengthMs, untilMs: endMs };
      try {
        const timeline = await fetchJson<Timeline>(keys.timeline(next.fromMs, next.untilMs));
        if (isCurrent) setNow({ timeline, window: next, error: null });
      } catch (error) {
        if (isCurrent) setNow((before) => ({ ...before, error: error as Error }));
      }
    };
    const sinceMs = performance.now() - askedAtMs.current;
    const first = setTimeout(ask, now.timeline === null ? 0 : Math.max(1_000, paceMs - sinceMs));
    const again = setInterval(ask, MAX_MS / 2);
    return () => {
      isCurrent = false;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [newestId, isNewest, fromMs, untilMs, now.timeline === null, clock]);
  return now;
}
