'use client';
import { createContext } from 'react';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Missing, PictureStore } from './create-picture-store.ts';
import type { ServerClock } from './create-server-clock.ts';
import type { Ticker } from './create-ticker.ts';
import type { LiveStatus } from './live-status.ts';

/** What the parts of a page share. */
export interface LiveContextValue {
  clock: ServerClock;
  ticker: Ticker;
  /** The server's clock when the page was rendered: what the first render in the browser must use, too. */
  renderedAtMs: number;
  /** On the server, while rows are drawn that nobody sees at first: the browser draws their cells. */
  leavesCells?: boolean;
  /** The page's one picture: `usePart` and `useService` read it. */
  store: Pick<PictureStore, 'read' | 'readFirst' | 'subscribe' | 'begin' | 'follow'>;
  /** Asks for what the picture lacks after a page began. */
  catchUp(missing: Missing): void;
  status(): LiveStatus;
  subscribeStatus(onChange: () => void): () => void;
  /** The whole picture as the stream has it; `null` until it has brought one. */
  picture(): SwarmPicture | null;
  /** The same, or what the page was rendered with: of replicas that are well it may lack ids and health. */
  known(): SwarmPicture | null;
  /** The same, asked for where the page did not have it; `null` when the server does not answer. */
  askKnown(): Promise<SwarmPicture | null>;
  /** Calls at new pictures, some ms late: many in a row are one. From then on the whole picture is followed. */
  subscribePicture(onChange: () => void): () => void;
  /** A new build of the server must wait until what this gives is called. */
  holdReload(): () => void;
}

export const LiveContext = createContext<LiveContextValue | null>(null);
