import { useSyncExternalStore } from 'react';
import type { LiveStatus } from '#lib/client/live/live-status.ts';
import { useLiveContext } from './use-live-context.ts';

/** The page's connection, as people see it. */
export function useLiveStatus(): LiveStatus {
  const { status, subscribeStatus } = useLiveContext();
  return useSyncExternalStore(subscribeStatus, status, status);
}
