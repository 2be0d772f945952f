import { setImmediate } from 'node:timers/promises';
import type { Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { EngineError, type LogStream, type OpenLogOptions } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';

/** The newest lines that fit in this are given. */
const MAX_KEPT_CHARS = 1024 * 1024;
/** A log larger than this is not read through. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/** Looked at for secrets in one go; then others have their turn. */
const CHARS_AT_ONCE = 32 * 1024;
/** So much more than is kept of a line is looked at: a secret that begins before the cut is known by what follows. */
const MARGIN_CHARS = 256;

type Listener = Pick<OpenLogOptions, 'onBytes' | 'onLines' | 'onClose'>;

export interface ReadLogSource {
  timeoutMs: number;
  /** The endpoint, for people. */
  display: string;
  mask: Masker;
  /** Kept of each line; `null`: as much as was read. */
  maxLineChars: number | null;
}

/**
 * Collects a log that ends by itself, without secrets: only what is kept of it is looked through, cut first, a piece at
 * a time, so that no log holds up everybody else. Settles within `timeoutMs` and the time that masking takes.
 *
 * @param open begins to read it, as it is
 */
export async function readLog(
  open: (listener: Listener) => LogStream,
  { timeoutMs, display, mask, maxLineChars }: ReadLogSource,
): Promise<LogLine[]> {
  const maxChars = maxLineChars === null ? null : maxLineChars + MARGIN_CHARS;
  const lines = await collect(open, { timeoutMs, display, maxChars });
  const shown: LogLine[] = [];
  let chars = 0;
  for (const line of lines) {
    const text = mask.line(line.text);
    const isCut = maxLineChars !== null && text.length > maxLineChars;
    shown.push({
      ...line,
      text: isCut ? text.slice(0, maxLineChars) : text,
      truncated: line.truncated || isCut,
    });
    chars += line.text.length;
    if (chars < CHARS_AT_ONCE) continue;
    chars = 0;
    await setImmediate();
  }
  return shown;
}

const cutLine = (line: LogLine, maxChars: number | null): LogLine =>
  maxChars === null || line.text.length <= maxChars
    ? line
    : { ...line, text: line.text.slice(0, maxChars), truncated: true };

function collect(
  open: (listener: Listener) => LogStream,
  { timeoutMs, display, maxChars }: { timeoutMs: number; display: string; maxChars: number | null },
): Promise<LogLine[]> {
  return new Promise((resolve, reject) => {
    let kept: LogLine[] = [];
    let keptChars = 0;
    let readBytes = 0;
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
      onBytes(bytes) {
        readBytes += bytes;
        if (readBytes > MAX_READ_BYTES)
          fail(new EngineError('garbled', `The log that ${display} sends is larger than 64 MB.`));
      },
      onLines(lines) {
        for (const line of lines) {
          const cut = cutLine(line, maxChars);
          kept.push(cut);
          keptChars += cut.text.length;
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
