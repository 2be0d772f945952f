import { EngineError } from '#lib/engine/port.ts';
import type { Clock } from './clock.ts';

/** Settles as `call` does, or rejects with `timeout` after `limitMs`: nothing here ever waits for ever. */
export function raceLimit<T>(clock: Clock, limitMs: number, call: Promise<T>, late: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let timer = clock.setTimer(limitMs, () => {
      // Where we were busy ourselves the answer may be here, unread: one more turn before it is called late.
      timer = clock.setTimer(0, () => reject(new EngineError('timeout', late)));
    });
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
