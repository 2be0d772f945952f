import { useEffect, useState } from 'react';
import { type AgeMeter, createAgeMeter } from '#lib/client/live/create-age-meter.ts';
import { useLiveContext } from './use-live-context.ts';

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
