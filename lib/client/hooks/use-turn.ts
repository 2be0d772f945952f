import { use } from 'react';

const waiting: { share: number; resolve: () => void }[] = [];
/** So close to nothing is nothing: ten tenths are less than one. */
const NOTHING = 1e-6;

function takeNext(): void {
  for (let room = 1; room > NOTHING; ) {
    const next = waiting.shift();
    if (next === undefined) return;
    room -= next.share;
    next.resolve();
  }
  if (waiting.length > 0) setImmediate(takeNext);
}

/**
 * On the server: settles in a turn of the event loop of its own, one at a time of all that ask.
 *
 * @param share how much of a turn it takes, from 0 up to 1: ten that take a tenth have one together
 */
export function nextTurn(share = 1): Promise<void> {
  return new Promise((resolve) => {
    waiting.push({ share, resolve });
    if (waiting.length === 1) setImmediate(takeNext);
  });
}

/**
 * On the server, what calls this is drawn in a turn of the event loop of its own, one at a time of all pages that are under
 * way: a page of a thousand services would else hold up everybody for as long as it takes. The page is sent when all of
 * it is drawn, as it would be without. The browser draws at once.
 *
 * @param share as `nextTurn` takes it
 */
export function useTurn(share = 1): void {
  if (typeof window === 'undefined') use(nextTurn(share));
}
