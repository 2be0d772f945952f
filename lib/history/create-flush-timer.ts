import { eachSecond } from '#lib/flow/each-second.ts';

/** Records wait so long before they are sent to be put into the database. */
const BATCH_MS = 250;

/** When what waits is to be sent: a moment after it came. What cannot be sent then is looked at again each second. */
export interface FlushTimer {
  plan(): void;
  close(): void;
}

export function createFlushTimer(flush: () => void): FlushTimer {
  let timer: NodeJS.Timeout | null = null;
  const beat = eachSecond(() => {
    if (timer === null) flush();
  });
  return {
    plan() {
      timer ??= setTimeout(() => {
        timer = null;
        flush();
      }, BATCH_MS).unref();
    },
    close() {
      beat.cancel();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
