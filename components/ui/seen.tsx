'use client';
import { createContext, useContext } from 'react';
import { type HeaderPage, PAGES } from './pages.ts';

/** Whether this person may see the swarm as a whole, and not some of its stacks alone. */
export const SeesSwarm = createContext(true);

const OF_STACKS = PAGES.filter(({ isOfSwarm }) => !isOfSwarm);

/** The pages that this person is answered. */
export function usePages(): readonly HeaderPage[] {
  return useContext(SeesSwarm) ? PAGES : OF_STACKS;
}
