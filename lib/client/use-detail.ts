import { useCallback, useEffect, useRef, useState } from 'react';
import useSWR from 'swr';
import { useLiveStatus } from './use-live-status.ts';

/** A detail page's data: what is known, or that the thing is gone. */
export interface Detail<T> {
  data: T;
  /** The server knows the swarm, and that there is no such thing in it any more. */
  gone: boolean;
}

const LEAST_MS = 700;
const MOST_MS = 60_000;
const RETRY_MS = 3000;

class HttpError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The server answers ${status}`);
    this.status = status;
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw new HttpError(response.status);
  return response.json();
}

/**
 * Follows the API at `url`: begins with what the server rendered, and asks again whenever `version` (what the stream says
 * of the same thing) is another one and when `dueAtMs(data)` has come, by the server's clock `nowMs`.
 */
export function useDetail<T>(
  url: string,
  initial: T,
  version: unknown,
  due: { atMs: (data: T) => number | null; nowMs: () => number },
): Detail<T> {
  const { data, error, mutate } = useSWR<T>(url, fetchJson as (url: string) => Promise<T>, {
    fallbackData: initial,
    revalidateOnMount: false,
    revalidateIfStale: false,
    dedupingInterval: 0,
    shouldRetryOnError: false,
  });
  const known = data ?? initial;
  const { liveness } = useLiveStatus();
  const [round, setRound] = useState(0);
  const seen = useRef({ version, liveness });

  const ask = useCallback(() => {
    mutate().finally(() => setRound((before) => before + 1));
  }, [mutate]);

  useEffect(() => {
    const before = seen.current;
    seen.current = { version, liveness };
    const isBack = liveness === 'live' && before.liveness !== 'live';
    if (before.version !== version || isBack) ask();
  }, [version, liveness, ask]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer, also an equal one or an error, sets the next date.
  useEffect(() => {
    const atMs = error === undefined ? due.atMs(known) : due.nowMs() + RETRY_MS;
    if (atMs === null) return;
    const timer = setTimeout(ask, Math.min(Math.max(LEAST_MS, atMs - due.nowMs()), MOST_MS));
    return () => clearTimeout(timer);
  }, [known, error, due, ask, round]);

  return { data: known, gone: error instanceof HttpError && error.status === 404 };
}
