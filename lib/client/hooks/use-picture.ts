import { useSyncExternalStore } from 'react';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { useLiveContext } from './use-live-context.ts';

const nothing = () => null;

/** The whole picture as the stream has it, for pages that look across services; `null` until it has brought one. */
export function usePicture(): SwarmPicture | null {
  const { picture, subscribePicture } = useLiveContext();
  return useSyncExternalStore(subscribePicture, picture, nothing);
}
