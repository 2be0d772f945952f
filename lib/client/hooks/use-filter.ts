import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { formatFilter, type OverviewFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';

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
