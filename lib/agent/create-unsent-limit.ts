import type { ServerResponse } from 'node:http';

/** Answers that are on their way out: whoever asks and does not read shall not fill the agent's memory with them. */
export interface UnsentLimit {
  /** Counts an answer until it has left. `false`: there is no room for it. */
  take(response: ServerResponse, bytes: number): boolean;
}

export function createUnsentLimit({
  maxBytes,
  withinMs,
}: {
  maxBytes: number;
  /** Whoever has not taken an answer by then is cut off. */
  withinMs: number;
}): UnsentLimit {
  let unsentBytes = 0;
  return {
    take(response, bytes) {
      if (unsentBytes + bytes > maxBytes) return false;
      unsentBytes += bytes;
      const timer = setTimeout(() => response.destroy(), withinMs).unref();
      response.once('close', () => {
        clearTimeout(timer);
        unsentBytes -= bytes;
      });
      return true;
    },
  };
}
