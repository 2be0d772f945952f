import { useSyncExternalStore } from 'react';
import type { AgeMeter } from '#lib/client/live/create-age-meter.ts';

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
