/** Writes entries of the cache, many of them in portions. */
export interface PacedWriter {
  write(entries: ReadonlyMap<string, unknown>): void;
  close(): void;
}

const PORTION = 40;

/**
 * Few entries are written at once; of many (the first snapshot of a large swarm), the browser gets a portion at a time
 * and can answer its user in between. What comes later for the same key wins.
 */
export function createPacedWriter(writeOne: (key: string, value: unknown) => void): PacedWriter {
  const waiting = new Map<string, unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const writePortion = () => {
    timer = undefined;
    let left = PORTION;
    for (const [key, value] of waiting) {
      if (left === 0) break;
      left -= 1;
      waiting.delete(key);
      writeOne(key, value);
    }
    if (waiting.size > 0) timer = setTimeout(writePortion, 0);
  };

  return {
    write(entries) {
      if (entries.size <= PORTION) {
        for (const [key, value] of entries) {
          waiting.delete(key);
          writeOne(key, value);
        }
        return;
      }
      for (const [key, value] of entries) waiting.set(key, value);
      if (timer === undefined) writePortion();
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
