import { useSyncExternalStore } from 'react';
import { useLiveContext } from './use-live.ts';

/**
 * A text that depends on the server's time, looked at once a second: the component is drawn anew only when the text is
 * another one. In the first render it is the text as of the request.
 */
export function useTickingText(toText: (nowMs: number) => string): string {
  const { clock, ticker, renderedAtMs } = useLiveContext();
  return useSyncExternalStore(
    ticker.subscribe,
    () => toText(clock.nowMs()),
    () => toText(renderedAtMs),
  );
}
