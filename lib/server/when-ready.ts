import type { Live } from '#lib/live/create-live.ts';
import type { LiveTimers } from '#lib/live/live-timers.ts';

/** Lets whoever asks wait until there is a swarm to speak of. @returns whether there is one, after at most `timeoutMs` */
export function whenReady(
  live: Pick<Live, 'picture' | 'subscribe'>,
  timers: LiveTimers,
): (timeoutMs: number) => Promise<boolean> {
  const waiting = new Set<() => void>();
  live.subscribe(({ picture }) => {
    if (picture.ready) for (const settle of [...waiting]) settle();
  });

  return (timeoutMs) => {
    if (live.picture().ready) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = () => {
        timer.cancel();
        waiting.delete(settle);
        resolve(live.picture().ready);
      };
      const timer = timers.setTimer(timeoutMs, settle);
      waiting.add(settle);
    });
  };
}
