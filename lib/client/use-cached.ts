import useSWR from 'swr';

/** An entry of the cache that the stream keeps true; `undefined` until there is one, or when it is gone. */
export function useCached<T>(key: string | null): T | undefined {
  return useSWR<T>(key, null).data;
}
