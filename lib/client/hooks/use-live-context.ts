import { useContext } from 'react';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';

/** The page's shared parts; throws outside of a live root. */
export function useLiveContext(): LiveContextValue {
  const value = useContext(LiveContext);
  if (value === null) throw new Error('This component must be inside a LiveRoot.');
  return value;
}
