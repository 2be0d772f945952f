import useSWR, { useSWRConfig } from 'swr';

/** An entry of the cache that the stream keeps true; `undefined` until there is one, or when it is gone. */
export const useCached: <T>(key: string | null) => T | undefined =
  typeof window === 'undefined' ? useStart : useKept;

function useKept<T>(key: string | null): T | undefined {
  return useSWR<T>(key, null).data;
}

/** A server draws once, from what the cache begins with: there is nothing to subscribe to. */
function useStart<T>(key: string | null): T | undefined {
  const { fallback } = useSWRConfig();
  return key === null ? undefined : (fallback[key] as T | undefined);
}
