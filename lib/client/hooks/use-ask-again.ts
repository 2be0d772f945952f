import { useEffect, useRef } from 'react';
import type { Detail } from './use-detail.ts';
import { useLiveContext, useLiveStatus } from './use-live.ts';

const MIN_MS = 700;
const MAX_MS = 60_000;
const RETRY_MS = 3000;

/**
 * Asks for a detail again when `version` (what the stream says of the same thing) is another one, when the connection is
 * back, when `toDueAtMs` says so (in server time; null is never), and after an error.
 */
export function useAskAgain<T>(
  { data, error, ask, round }: Detail<T>,
  version: unknown,
  toDueAtMs: (data: T) => number | null,
): void {
  const { clock } = useLiveContext();
  const { liveness } = useLiveStatus();
  const seen = useRef({ version, liveness });

  useEffect(() => {
    const before = seen.current;
    seen.current = { version, liveness };
    const isBack = liveness === 'live' && before.liveness !== 'live';
    if (before.version !== version || isBack) ask();
  }, [version, liveness, ask]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer sets the next date, also an equal one.
  useEffect(() => {
    const nowMs = clock.nowMs();
    const dueAtMs = error === null ? toDueAtMs(data) : nowMs + RETRY_MS;
    if (dueAtMs === null) return;
    const timer = setTimeout(ask, Math.min(Math.max(MIN_MS, dueAtMs - nowMs), MAX_MS));
    return () => clearTimeout(timer);
  }, [data, error, ask, round, clock, toDueAtMs]);
}
