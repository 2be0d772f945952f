import { collectBytes } from '#lib/engine/docker/transport/collect-bytes.ts';
import { parseLogTime } from './parse-log-time.ts';

const LINE_BREAK = 0x0a;
/** Docker cuts a longer line into messages of exactly this size (moby `daemon/logger/copier.go`). */
const MESSAGE_BYTES = 16 * 1024;
/** More than this without a line break is dropped as it comes. */
const MAX_PENDING_BYTES = 256 * 1024;

export interface RawLogSplitter {
  write(chunk: Buffer): void;
  end(): void;
}

/**
 * The log of a container with a terminal: no frames, only text, a time before each message. Gives each message apart,
 * as {@link splitFrames} does: a time within a line, exactly where Docker cuts, begins a new message.
 */
export function splitRawLog(onMessage: (message: Buffer) => void): RawLogSplitter {
  const pending = collectBytes();

  const endLine = (line: Buffer) => {
    let from = 0;
    while (from < line.length) {
      const cut = (parseLogTime(line, from)?.textAt ?? from) + MESSAGE_BYTES;
      const goesOn = cut < line.length && parseLogTime(line, cut) !== null;
      const end = goesOn ? cut : line.length;
      onMessage(line.subarray(from, end));
      from = end;
    }
  };
  const take = (last: Buffer) => {
    pending.push(last);
    return pending.take();
  };

  return {
    write(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_BREAK); at !== -1; at = chunk.indexOf(LINE_BREAK, from)) {
        endLine(take(chunk.subarray(from, at + 1)));
        from = at + 1;
      }
      const rest = chunk.subarray(from);
      if (rest.length > 0 && pending.byteLength() <= MAX_PENDING_BYTES) pending.push(rest);
    },
    end() {
      if (pending.byteLength() > 0) endLine(pending.take());
    },
  };
}
