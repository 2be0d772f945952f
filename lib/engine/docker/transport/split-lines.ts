import { StringDecoder } from 'node:string_decoder';

export interface LineSplitter {
  write(chunk: Buffer): void;
}

const MAX_PIECES = 1_000;

/**
 * Cuts a byte stream into lines, wherever its chunks end (also within a UTF-8 character). Lines longer than `maxChars`
 * are dropped whole and reported once each; one of which `maxDroppedChars` were dropped without an end is reported as
 * endless, once. Empty lines are left out.
 */
export function splitLines({
  maxChars,
  maxDroppedChars = Number.POSITIVE_INFINITY,
  onLine,
  onDropped,
  onEndless = () => {},
  onEmpty = () => {},
}: {
  maxChars: number;
  maxDroppedChars?: number;
  onLine: (line: string) => void;
  onDropped: () => void;
  onEndless?: () => void;
  /** An empty line, which is left out. */
  onEmpty?: () => void;
}): LineSplitter {
  const decoder = new StringDecoder('utf8');
  /** Of the line whose end has not come. Put together now and then: a million pieces of a letter take 30 MB. */
  let pieces: string[] = [];
  let pendingChars = 0;
  /** Of the line that is being dropped; `null`: none is. */
  let droppedChars: number | null = null;

  const forget = () => {
    pieces = [];
    pendingChars = 0;
  };
  const endLine = (line: string) => {
    if (droppedChars !== null) droppedChars = null;
    else if (line.length > maxChars) onDropped();
    else if (line.trim() === '') onEmpty();
    else onLine(line);
  };

  return {
    write(chunk) {
      const parts = decoder.write(chunk).split('\n');
      const last = parts.pop() ?? '';
      for (const part of parts) {
        const line = pieces.length === 0 ? part : pieces.join('') + part;
        if (pieces.length > 0) forget();
        endLine(line);
      }
      if (droppedChars !== null) {
        const before = droppedChars;
        droppedChars += last.length;
        if (before <= maxDroppedChars && droppedChars > maxDroppedChars) onEndless();
        return;
      }
      if (last === '') return;
      pieces.push(last);
      pendingChars += last.length;
      if (pieces.length > MAX_PIECES) pieces = [pieces.join('')];
      if (pendingChars <= maxChars) return;
      droppedChars = pendingChars;
      forget();
      onDropped();
    },
  };
}
