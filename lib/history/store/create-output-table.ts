import { createHash } from 'node:crypto';
import type { Database } from './database.ts';

/** An output's use is noted this exactly: outputs go when no probe that is kept can have them. */
export const OUTPUT_USE_MS = 3_600_000;
const REMEMBERED = 5_000;

/** The outputs of probes, each text once. */
export interface OutputTable {
  /** The row of this text. */
  intern(text: string, truncated: boolean, nowMs: number): number;
  text(n: number): string;
  isTruncated(n: number): boolean;
  /** What it wrote last was undone. */
  forget(): void;
}

export function createOutputTable(db: Database): OutputTable {
  const find = db.prepare('SELECT n, used_ms AS "usedMs" FROM outputs WHERE hash = ?');
  const add = db.prepare(
    'INSERT INTO outputs(hash, text, truncated, used_ms) VALUES (?, ?, ?, ?) RETURNING n',
  );
  const use = db.prepare('UPDATE outputs SET used_ms = ? WHERE n = ?');
  const read = db.prepare('SELECT text, truncated FROM outputs WHERE n = ?');
  const known = new Map<string, { n: number; usedMs: number }>();

  function remember(text: string, n: number, usedMs: number): number {
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, { n, usedMs });
    return n;
  }

  return {
    intern(text, truncated, nowMs) {
      const cached = known.get(text);
      if (cached && nowMs - cached.usedMs < OUTPUT_USE_MS) return cached.n;
      const hash = createHash('sha256').update(text).digest().subarray(0, 16);
      const row = find.get(hash) as { n: number; usedMs: number } | undefined;
      if (!row) {
        const added = add.get(hash, text, truncated ? 1 : 0, nowMs);
        return remember(text, Number(added?.n), nowMs);
      }
      use.run(Math.max(nowMs, row.usedMs), row.n);
      return remember(text, row.n, nowMs);
    },
    text: (n) => (read.get(n) as { text: string } | undefined)?.text ?? '',
    forget: () => known.clear(),
    isTruncated: (n) => (read.get(n) as { truncated: number } | undefined)?.truncated === 1,
  };
}
