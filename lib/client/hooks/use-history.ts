'use client';
import { useEffect, useRef } from 'react';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import { formatTimeFrame, type TimeFrame, toTimeWindow } from '#lib/view/history/time-frame.ts';
import { useAsked } from './use-asked.ts';
import { useLiveContext } from './use-live.ts';

const MIN_POLL_MS = 2000;
const MAX_POLL_MS = 60_000;
const POLLS_PER_WINDOW = 360;

export interface HistoryAnswer<T> {
  /** The newest answer, of the frame before while the next one is on its way; `undefined` before the first. */
  data: T | undefined;
  error: Error | null;
}

/**
 * The history at `path` in a frame. One that moves on with time is asked for again as often as it could look different
 * (`everyMs` is how often something new comes), and when `version`, what the stream says of the same thing, is another.
 * `initial` is what the server rendered the page with.
 */
export function useHistory<T>(
  path: string,
  frame: TimeFrame,
  everyMs: number | null,
  version: unknown,
  initial: T | null = null,
): HistoryAnswer<T> {
  const { clock } = useLiveContext();
  const lengthMs = frame.kind === 'newest' ? frame.lengthMs : frame.untilMs - frame.fromMs;
  const pollMs = Math.min(
    MAX_POLL_MS,
    Math.max(MIN_POLL_MS, everyMs ?? MIN_POLL_MS, lengthMs / POLLS_PER_WINDOW),
  );
  const { data, error, mutate } = useAsked<T>(
    `${path}?${new URLSearchParams(formatTimeFrame(frame))}`,
    () => {
      const { fromMs, untilMs } = toTimeWindow(frame, clock.nowMs());
      return fetchJson<T>(`${path}?fromMs=${Math.round(fromMs)}&untilMs=${Math.round(untilMs)}`);
    },
    {
      refreshInterval: frame.kind === 'newest' ? pollMs : 0,
      keepPreviousData: true,
      revalidateOnMount: true,
      revalidateIfStale: true,
      dedupingInterval: 500,
    },
  );
  const seen = useRef(version);
  const isMoving = frame.kind === 'newest';
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    if (isMoving) mutate();
  }, [version, isMoving, mutate]);
  return { data: data ?? initial ?? undefined, error: error ?? null };
}
