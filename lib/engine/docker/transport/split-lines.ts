import { StringDecoder } from 'node:string_decoder';

export interface LineSplitter {
  write(chunk: Buffer): void;
}

/**
 * Cuts a byte stream into lines, wherever its chunks end (also within a UTF-8 character). Lines longer than
 * `maxChars` are dropped whole and reported once each; empty lines are left out.
 */
export function splitLines({
  maxChars,
  onLine,
  onDropped,
}: {
  maxChars: number;
  onLine: (line: string) => void;
  onDropped: () => void;
}): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let dropping = false;

  const endLine = (line: string) => {
    if (dropping) dropping = false;
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
      if (dropping) return;
      rest += last;
      if (rest.length <= maxChars) return;
      rest = '';
      dropping = true;
      onDropped();
    },
  };
}
