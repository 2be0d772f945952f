import { EngineError, type LogStream, type OpenLogOptions } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';

/** The newest lines that fit in this are given. */
const MAX_KEPT_CHARS = 1024 * 1024;
/** A log larger than this is not read through. */
const MAX_READ_CHARS = 64 * 1024 * 1024;

type Listener = Pick<OpenLogOptions, 'onLines' | 'onClose'>;

/**
 * Collects a log that ends by itself. Always settles within `timeoutMs`.
 *
 * @param open begins to read it
 * @param display the endpoint, for people
 */
export function readLog(
  open: (listener: Listener) => LogStream,
  { timeoutMs, display }: { timeoutMs: number; display: string },
): Promise<LogLine[]> {
  return new Promise((resolve, reject) => {
    let kept: LogLine[] = [];
    let keptChars = 0;
    let readChars = 0;
    const fail = (error: EngineError) => {
      clearTimeout(timer);
      stream.close();
      reject(error);
    };
    const timer = setTimeout(
      () =>
        fail(new EngineError('timeout', `${display} did not send the log in full within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    const stream = open({
      onLines(lines) {
        kept.push(...lines);
        for (const { text } of lines) readChars += text.length;
        for (const { text } of lines) keptChars += text.length;
        if (readChars > MAX_READ_CHARS) {
          return fail(new EngineError('garbled', `The log that ${display} sends is larger than 64 MB.`));
        }
        if (keptChars < 2 * MAX_KEPT_CHARS) return;
        kept = newest(kept);
        keptChars = kept.reduce((sum, { text }) => sum + text.length, 0);
      },
      onClose(error) {
        if (error) return fail(error);
        clearTimeout(timer);
        resolve(newest(kept));
      },
    });
  });
}

/** The last lines that fit, oldest first. */
function newest(lines: LogLine[]): LogLine[] {
  let chars = 0;
  let from = lines.length;
  while (from > 0) {
    chars += lines[from - 1]?.text.length ?? 0;
    if (chars > MAX_KEPT_CHARS) break;
    from -= 1;
  }
  return from === 0 ? lines : lines.slice(from);
}
