'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { formatTimeFrame, parseTimeFrame, type TimeFrame } from '#lib/view/history/time-frame.ts';
import { toOwnPath } from '#lib/view/links/to-path.ts';
import { formatFilter, type OverviewFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';

/** Which page this is, without the base path: `/nodes`. */
export function usePagePath(): string {
  return toOwnPath(usePathname());
}

/** What a page's charts show, kept in its address: it survives a reload and can be sent to somebody. */
export function useTimeFrame(fallback: TimeFrame): [TimeFrame, (frame: TimeFrame) => void] {
  const params = useSearchParams();
  const frame = useMemo(() => parseTimeFrame((name) => params.get(name), fallback), [params, fallback]);
  const setFrame = useCallback((next: TimeFrame) => {
    const url = new URL(location.href);
    for (const name of ['range', 'from', 'until']) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(formatTimeFrame(next))) url.searchParams.set(name, value);
    history.replaceState(null, '', url);
  }, []);
  return [frame, setFrame];
}

/** The filter in the page's address, and how to change it without asking the server. */
export function useFilter(): [OverviewFilter, (filter: OverviewFilter) => void] {
  const params = useSearchParams();
  const filter = useMemo(() => parseFilter(params), [params]);
  const set = useCallback((next: OverviewFilter) => {
    const address = formatFilter(next);
    if (address !== location.pathname + location.search) history.replaceState(null, '', address);
  }, []);
  return [filter, set];
}
