import { collectBytes } from '#lib/engine/docker/transport/collect-bytes.ts';
import { parseLogTime } from './parse-log-time.ts';

const LINE_BREAK = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Bytes kept of one line. Docker cuts lines every 16 kB; longer ones are put together up to here. */
const MAX_LINE_BYTES = 64 * 1024;

export interface CollectedLine {
  /** The engine's clock, epoch ms; `null` when no time stood before it. */
  engineAtMs: number | null;
  text: string;
  truncated: boolean;
}

export interface LineCollector {
  /** One message of one stream: its time, and a text that ends with a line break unless the line goes on in the next. */
  write(message: Buffer): void;
  /** The stream is over: what is there is a line, even without a line break. */
  end(): void;
}

/**
 * Puts the messages of one stream together to lines. A message without a line break at its end was cut by Docker (at
 * 16 kB, maybe within a character): it goes on in the next, whose own time is left out.
 */
export function collectLine(onLine: (line: CollectedLine) => void): LineCollector {
  const kept = collectBytes();
  let engineAtMs: number | null = null;
  let open = false;
  let truncated = false;

  const keep = (bytes: Buffer) => {
    const room = MAX_LINE_BYTES - kept.byteLength();
    if (bytes.length > room) truncated = true;
    if (bytes.length > 0 && room > 0) kept.push(bytes.subarray(0, room));
  };
  const flush = () => {
    const bytes = kept.take();
    // A terminal ends its lines with both.
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    onLine({ engineAtMs, text: bytes.toString('utf8', 0, end), truncated });
    engineAtMs = null;
    open = false;
    truncated = false;
  };

  return {
    write(message) {
      const time = parseLogTime(message);
      const stampedAtMs = time?.engineAtMs ?? null;
      if (!open) engineAtMs = stampedAtMs;
      let at = time?.textAt ?? 0;
      while (at < message.length || !open) {
        const lineBreak = message.indexOf(LINE_BREAK, at);
        open = true;
        if (lineBreak === -1) {
          // Copied: the message is only lent.
          keep(Buffer.from(message.subarray(at)));
          return;
        }
        keep(message.subarray(at, lineBreak));
        flush();
        at = lineBreak + 1;
        if (at >= message.length) return;
        engineAtMs = stampedAtMs;
      }
    },
    end() {
      if (open && kept.byteLength() > 0) flush();
    },
  };
}
