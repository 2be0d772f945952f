import { useContext, useSyncExternalStore } from 'react';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import type { LiveStatus } from '#lib/client/live/live-status.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/** The page's shared parts; throws outside of a live root. */
export function useLiveContext(): LiveContextValue {
  const value = useContext(LiveContext);
  if (value === null) throw new Error('This component must be inside a LiveRoot.');
  return value;
}

/** The page's connection, as people see it. */
export function useLiveStatus(): LiveStatus {
  const { status, subscribeStatus } = useLiveContext();
  return useSyncExternalStore(subscribeStatus, status, status);
}

const nothing = () => null;

/** The whole picture as the stream has it, for pages that look across services; `null` until it has brought one. */
export function usePicture(): SwarmPicture | null {
  const { picture, subscribePicture } = useLiveContext();
  return useSyncExternalStore(subscribePicture, picture, nothing);
}
