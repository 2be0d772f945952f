import useSWR, { type SWRConfiguration, type SWRResponse } from 'swr';

/** What is asked for comes when it is wanted, and by `useAskAgain`: not because a window gets the focus. */
const ASKED = { revalidateOnFocus: false, revalidateOnReconnect: false };

/**
 * What `ask` answers at `key`, shared by all that ask the same; `null`: nothing is asked. The one place that knows who
 * keeps the answers, so that pages that ask nothing do not load it.
 */
export function useAsked<T>(
  key: string | null,
  ask: (key: string) => Promise<T>,
  options: SWRConfiguration<T, Error>,
): SWRResponse<T, Error> {
  return useSWR<T, Error>(key, ask, { ...ASKED, ...options });
}
