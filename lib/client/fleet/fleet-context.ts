'use client';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { FleetPicture } from '#lib/model/contract/fleet.ts';

/** What the parts of a page of all swarms share, beside what every page has (`LiveContext`). */
export interface FleetContextValue {
  picture(): FleetPicture;
  /** As the page was drawn: what the first render in the browser must use, too. */
  first: FleetPicture;
  subscribe(onChange: () => void): () => void;
  /** Can they sign out? */
  signedIn: boolean;
}

export const FleetContext = createContext<FleetContextValue | null>(null);

/** What the pages above all swarms share. Throws outside of a `FleetRoot`. */
export function useFleetContext(): FleetContextValue {
  const value = useContext(FleetContext);
  if (value === null) throw new Error('Outside of FleetRoot.');
  return value;
}

/** All swarms, as the stream keeps them. */
export function useFleet(): FleetPicture {
  const value = useFleetContext();
  return useSyncExternalStore(value.subscribe, value.picture, () => value.first);
}
