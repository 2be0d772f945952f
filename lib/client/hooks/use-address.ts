'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { toOwnPath } from '#lib/view/links/to-path.ts';
import { formatFilter, type OverviewFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';

/** Which page this is, without the base path: `/nodes`. */
export function usePagePath(): string {
  return toOwnPath(usePathname());
}

/** The filter in the address of a page, and how to change it without asking the server. */
export function useFilter(page: string): [OverviewFilter, (filter: OverviewFilter) => void] {
  const params = useSearchParams();
  const filter = useMemo(() => parseFilter(params), [params]);
  const set = useCallback(
    (next: OverviewFilter) => {
      const address = formatFilter(next, page);
      if (address !== location.pathname + location.search) history.replaceState(null, '', address);
    },
    [page],
  );
  return [filter, set];
}
