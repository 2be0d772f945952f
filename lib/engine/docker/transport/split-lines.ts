import { StringDecoder } from 'node:string_decoder';

export interface LineSplitter {
  write(chunk: Buffer): void;
}

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
}: {
  maxChars: number;
  maxDroppedChars?: number;
  onLine: (line: string) => void;
  onDropped: () => void;
  onEndless?: () => void;
}): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  /** Of the line that is being dropped; `null`: none is. */
  let droppedChars: number | null = null;

  const endLine = (line: string) => {
    if (droppedChars !== null) droppedChars = null;
    else if (line.length > maxChars) onDropped();
    else if (line.trim() !== '') onLine(line);
  };

  return {
    write(chunk) {
      const parts = decoder.write(chunk).split('\n');
      const last = parts.pop() ?? '';
      for (const part of parts) {
        const line = rest + part;
        rest = '';
        endLine(line);
      }
      if (droppedChars !== null) {
        const before = droppedChars;
        droppedChars += last.length;
        if (before <= maxDroppedChars && droppedChars > maxDroppedChars) onEndless();
        return;
      }
      rest += last;
      if (rest.length <= maxChars) return;
      droppedChars = rest.length;
      rest = '';
      onDropped();
    },
  };
}
