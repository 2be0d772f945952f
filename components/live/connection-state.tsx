'use client';
import { useEffect, useState } from 'react';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { useTruth } from '#lib/client/hooks/use-truth.ts';
import * as words from '#words/pages/connection.ts';
import { ClockTime } from './times.tsx';

const RESTART_SHOWN_MS = 15_000;

/** Has the server come back as a new process just now? */
function useRestarted(restartedAtMs: number | null): boolean {
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    if (restartedAtMs === null) return;
    setShown(restartedAtMs);
    const timer = setTimeout(() => setShown(null), RESTART_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [restartedAtMs]);
  return shown !== null && shown === restartedAtMs;
}

/** Always in view: is what this page shows alive? Announced to screen readers when it changes, not with every second. */
export function ConnectionState() {
  const { liveness, confirmedAtMs, wasLive, restartedAtMs } = useLiveStatus();
  const restarted = useRestarted(restartedAtMs);
  const isHydrated = useHydrated();
  const truth = useTruth();
  return (
    <p
      className="connection"
      data-connection={!wasLive ? 'first' : truth.kind === 'unread' ? 'unread' : liveness}
      role="status"
    >
      <span className="connection-dot" aria-hidden="true" />
      {!wasLive && liveness !== 'lost' && (
        <span>
          As of <ClockTime atMs={confirmedAtMs} />
          {!isHydrated && ' UTC'}
        </span>
      )}
      {wasLive &&
        liveness === 'live' &&
        (truth.kind === 'unread' ? truth.short : restarted ? words.liveRestarted : words.live)}
      {wasLive && liveness === 'stale' && words.reconnecting}
      {liveness === 'lost' && words.lost}
    </p>
  );
}
