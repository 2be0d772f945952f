import { EngineError } from '#lib/engine/port.ts';
import { toExcusedMs, toMostExcusedMs } from '#lib/flow/set-fair-timer.ts';
import type { Clock, Timer } from './clock.ts';

/**
 * Settles as `call` does, or rejects with `timeout` after `limitMs`: nothing here ever waits for ever. While we were held
 * ourselves the answer could not be read: as much is added. So it is where our own timer came late: on a machine that does
 * not get round to us, an engine beside us waits for its turn, too.
 */
export function raceLimit<T>(clock: Clock, limitMs: number, call: Promise<T>, late: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let timer: Timer;
    let leftMs = toMostExcusedMs(limitMs);
    const wait = (forMs: number) => {
      const fromMs = clock.heldMs();
      const dueMs = clock.steadyMs() + forMs;
      timer = clock.setTimer(forMs, () => {
        const moreMs = toExcusedMs({
          heldMs: clock.heldMs() - fromMs,
          lateMs: clock.steadyMs() - dueMs,
          forMs,
          leftMs,
        });
        leftMs -= moreMs;
        if (moreMs > 0) wait(moreMs);
        // The answer may be here, unread: one more turn before it is called late.
        else timer = clock.setTimer(0, () => reject(new EngineError('timeout', late)));
      });
    };
    wait(limitMs);
    call.then(
      (value) => {
        timer.cancel();
        resolve(value);
      },
      (error: unknown) => {
        timer.cancel();
        reject(error);
      },
    );
  });
}
