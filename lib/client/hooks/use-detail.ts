import { useCallback, useState } from 'react';
import { fetchJson, HttpError } from '#lib/client/page/fetch-json.ts';
import { useAsked } from './use-asked.ts';

/** A detail page's data, and how to get newer. */
export interface Detail<T> {
  data: T;
  error: Error | null;
  /** The API says that there is no such thing any more. */
  gone: boolean;
  /** Asks the API again. */
  ask: () => void;
  /** Grows with every answer, also with an equal one or an error. */
  round: number;
}

/** The API's answer at `url`, beginning with what the server rendered; `useAskAgain` keeps it new. */
export function useDetail<T>(url: string, initial: T): Detail<T> {
  const { data, error, mutate } = useAsked<T>(url, fetchJson<T>, {
    fallbackData: initial,
    revalidateOnMount: false,
    revalidateIfStale: false,
    dedupingInterval: 0,
    shouldRetryOnError: false,
  });
  const [round, setRound] = useState(0);
  const ask = useCallback(() => {
    mutate().finally(() => setRound((before) => before + 1));
  }, [mutate]);
  const gone = error instanceof HttpError && error.status === 404;
  return { data: data ?? initial, error: error ?? null, gone, ask, round };
}
