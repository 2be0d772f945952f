'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { toOwnPath } from '#lib/view/links/to-path.ts';
import { formatFilter, type OverviewFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';

/** Which page this is, without the base path: `/nodes`. */
export function usePagePath(): string {
  return toOwnPath(usePathname());
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
