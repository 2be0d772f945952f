'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { formatTimeFrame, parseTimeFrame, type TimeFrame } from '#lib/view/history/time-frame.ts';

/** What a page's charts show, kept in its address: it survives a reload and can be sent to somebody. */
export function useTimeFrame(fallback: TimeFrame): [TimeFrame, (frame: TimeFrame) => void] {
  const params = useSearchParams();
  const frame = useMemo(
    () => parseTimeFrame((name) => params.get(name), fallback, Date.now()),
    [params, fallback],
  );
  const setFrame = useCallback((next: TimeFrame) => {
    const url = new URL(location.href);
    for (const name of ['range', 'from', 'until']) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(formatTimeFrame(next))) url.searchParams.set(name, value);
    history.replaceState(null, '', url);
  }, []);
  return [frame, setFrame];
}
