import { fetchJson } from '#lib/client/page/fetch-json.ts';
import { useAsked } from './use-asked.ts';

/**
 * What the API says of use at `url`, asked for again and again while the page is seen: who asks is who looks.
 *
 * @param url `null`: it is not asked for
 */
export function useUsage<T>(url: string | null, everyMs: number): T | null {
  const { data } = useAsked<T>(url, fetchJson<T>, {
    refreshInterval: everyMs,
    refreshWhenHidden: false,
    dedupingInterval: 500,
    keepPreviousData: true,
    shouldRetryOnError: false,
  });
  return data ?? null;
}
