import { useEffect, useState } from 'react';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { createSearchIndex, type SearchIndex } from '#lib/view/search/create-search-index.ts';
import { useLiveContext } from './use-live.ts';

const PORTION = 30;
const AGAIN_MS = 3000;

interface Indexed {
  index: SearchIndex;
  /** Grows with every portion: results may be more then. */
  round: number;
}

/**
 * An index of the swarm for as long as the search is open; `null` until there is a picture. It is filled portion by
 * portion, so that keys are answered in between, and made anew every few seconds while the picture changes.
 */
export function useSearchIndex(): Indexed | null {
  const { picture, subscribePicture } = useLiveContext();
  const [indexed, setIndexed] = useState<Indexed | null>(null);
  useEffect(() => {
    let madeOf: SwarmPicture['services'] | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fill = (index: SearchIndex, services: SwarmPicture['services'], at: number, isFirst: boolean) => {
      index.add(services.slice(at, at + PORTION));
      const next = at + PORTION;
      const isDone = next >= services.length;
      // The first may be used while it grows; a later one takes over when it is whole.
      if (isFirst || isDone) setIndexed((before) => ({ index, round: (before?.round ?? 0) + 1 }));
      timer = isDone ? undefined : setTimeout(fill, 0, index, services, next, isFirst);
    };
    const make = () => {
      const now = picture();
      if (now === null || now.services === madeOf || timer !== undefined) return;
      const isFirst = madeOf === null;
      madeOf = now.services;
      fill(createSearchIndex(now.nodes), now.services, 0, isFirst);
    };
    const makeFirst = () => {
      if (madeOf === null) make();
    };
    make();
    const unsubscribe = subscribePicture(makeFirst);
    const again = setInterval(make, AGAIN_MS);
    return () => {
      unsubscribe();
      clearInterval(again);
      clearTimeout(timer);
    };
  }, [picture, subscribePicture]);
  return indexed;
}
