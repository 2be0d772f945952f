import type { EngineError, LogReader, LogStream } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';

/** Lines in memory before the engine is made to wait. */
const HIGH_LINES = 2_000;

/**
 * A container's log to its present end, line by line, at the pace of who reads: the engine waits. Leaving the loop
 * ends the stream. Throws the EngineError that it ends with.
 *
 * @param stallMs given up on when the engine sends nothing for so long
 */
export async function* iterateLog(
  client: LogReader,
  containerId: string,
  { tail, sinceMs, stallMs }: { tail: number | null; sinceMs: number | null; stallMs: number },
): AsyncGenerator<LogLine, void> {
  let waiting: LogLine[][] = [];
  let waitingLines = 0;
  let end: { error: EngineError | null } | null = null;
  let wake: (() => void) | null = null;
  const stream: LogStream = client.openLog(containerId, {
    tail,
    sinceMs,
    follow: false,
    onLines(lines) {
      waiting.push(lines);
      waitingLines += lines.length;
      if (waitingLines > HIGH_LINES) stream.pause();
      wake?.();
    },
    onClose(error) {
      end = { error };
      wake?.();
    },
  });
  const somethingNew = () =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The engine stopped sending this log.')), stallMs);
      wake = () => {
        clearTimeout(timer);
        wake = null;
        resolve();
      };
    });
  const ended = () => end as { error: EngineError | null } | null;

  try {
    while (true) {
      if (waiting.length === 0) {
        const over = ended();
        if (over?.error) throw over.error;
        if (over) return;
        stream.resume();
        await somethingNew();
      }
      const batches = waiting;
      waiting = [];
      waitingLines = 0;
      for (const lines of batches) yield* lines;
    }
  } finally {
    stream.close();
  }
}
