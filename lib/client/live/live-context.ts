'use client';
import { createContext } from 'react';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { ServerClock } from './create-server-clock.ts';
import type { Ticker } from './create-ticker.ts';
import type { LiveStatus } from './live-status.ts';

/** What the parts of a page share. */
export interface LiveContextValue {
  clock: ServerClock;
  ticker: Ticker;
  /** The server's clock when the page was rendered: what the first render in the browser must use, too. */
  renderedAtMs: number;
  /** The page was drawn with this picture: the stream need not send it again. Counts before the first effects only. */
  offerPicture(picture: SwarmPicture): void;
  status(): LiveStatus;
  subscribeStatus(onChange: () => void): () => void;
  /** The whole picture as the stream has it; `null` until it has brought one. */
  picture(): SwarmPicture | null;
  /** The same, or what the page was drawn with: of replicas that are well it may lack ids and health. */
  known(): SwarmPicture | null;
  /** Told of new pictures, some milliseconds late: many in a row are one. */
  subscribePicture(onChange: () => void): () => void;
  /** A new build of the server must wait until what this gives is called. */
  holdReload(): () => void;
}

export const LiveContext = createContext<LiveContextValue | null>(null);
