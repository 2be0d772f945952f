'use client';
import { createContext } from 'react';
import type { ServerClock } from './create-server-clock.ts';
import type { Ticker } from './create-ticker.ts';
import type { LiveStatus } from './live-status.ts';

/** What the parts of a page share. */
export interface LiveContextValue {
  clock: ServerClock;
  ticker: Ticker;
  /** The server's clock when the page was rendered: what the first render in the browser must use, too. */
  renderedAtMs: number;
  status(): LiveStatus;
  subscribeStatus(onChange: () => void): () => void;
}

export const LiveContext = createContext<LiveContextValue | null>(null);
