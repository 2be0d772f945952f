import { useEffect, useState, useSyncExternalStore } from 'react';
import { type AgeMeter, createAgeMeter } from '#lib/client/live/create-age-meter.ts';
import { useLiveContext } from './use-live.ts';

/** What `look` makes of the data's age, looked at twice a second: drawn anew only when it is another value. */
export function useDataAge<T extends string | number>(meter: AgeMeter, look: (ageMs: number) => T): T {
  return useSyncExternalStore(
    subscribeTwiceASecond,
    () => look(meter.ageMs()),
    () => look(0),
  );
}

function subscribeTwiceASecond(onTick: () => void): () => void {
  const timer = setInterval(onTick, 500);
  return () => clearInterval(timer);
}

/** The meter of this page's data, for as long as the component lives. */
export function useAgeMeter(): AgeMeter {
  const { clock, renderedAtMs, status, subscribeStatus } = useLiveContext();
  const [meter] = useState(() =>
    createAgeMeter(
      { wallMs: () => Date.now(), steadyMs: () => performance.now(), serverMs: clock.nowMs },
      renderedAtMs,
    ),
  );
  useEffect(() => {
    const observe = () => meter.observe(status().confirmedAtMs);
    observe();
    return subscribeStatus(observe);
  }, [meter, status, subscribeStatus]);
  return meter;
}
