'use client';
import { useEffect, useState } from 'react';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { useTruth } from '#lib/client/hooks/use-truth.ts';
import { nameManagerProblem } from '#words/manager-names.ts';
import * as words from '#words/pages/connection.ts';
import { ConnectionLine } from './connection-line.tsx';

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

/** Always in view: is what this page shows alive? */
export function ConnectionState() {
  const { restartedAtMs } = useLiveStatus();
  const restarted = useRestarted(restartedAtMs);
  const truth = useTruth();
  const isUnread = truth.kind === 'unread';
  return (
    <ConnectionLine
      isUnread={isUnread}
      live={isUnread ? nameManagerProblem(truth.problem) : restarted ? words.liveRestarted : words.live}
    />
  );
}
