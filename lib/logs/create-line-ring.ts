import type { LogLine } from '#lib/model/docker/log-line.ts';

/** The newest lines of a log, bounded in number and in size. */
export interface LineRing {
  push(lines: readonly LogLine[]): void;
  /** At most this many, oldest first. */
  newest(count: number): LogLine[];
}

export function createLineRing({ maxLines, maxChars }: { maxLines: number; maxChars: number }): LineRing {
  let lines: LogLine[] = [];
  let chars = 0;

  const trim = () => {
    let drop = Math.max(0, lines.length - maxLines);
    for (let at = 0; at < drop; at += 1) chars -= lines[at]?.text.length ?? 0;
    while (chars > maxChars && drop < lines.length) {
      chars -= lines[drop]?.text.length ?? 0;
      drop += 1;
    }
    if (drop > 0) lines = lines.slice(drop);
  };

  return {
    push(added) {
      for (const line of added) {
        lines.push(line);
        chars += line.text.length;
      }
      trim();
    },
    newest: (count) => lines.slice(Math.max(0, lines.length - count)),
  };
}
