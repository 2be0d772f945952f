'use client';
import { createContext, useContext } from 'react';

/** What this person is told; the rest is not drawn, since it would say what is not so. */
export interface Seen {
  /** The swarm as a whole: its managers, what else is on a node, what is told of no stack alone. */
  swarm: boolean;
  /** The last log lines of dead tasks. */
  lastLines: boolean;
}

export const SeenContext = createContext<Seen>({ swarm: true, lastLines: true });

export const useSeen = (): Seen => useContext(SeenContext);
