import { use } from 'react';

const waiting: (() => void)[] = [];

function takeNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(takeNext);
}

/** On the server: settles in a turn of the event loop of its own, one at a time of all that ask. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(takeNext);
  });
}

/**
 * On the server, what calls this is drawn in a turn of the event loop of its own, one at a time of all pages that are under
 * way: a page of a thousand services would else hold up everybody for as long as it takes. The page is sent when all of
 * it is drawn, as it would be without. The browser draws at once.
 */
export function useTurn(): void {
  if (typeof window === 'undefined') use(nextTurn());
}
