import type { DatabaseSync } from 'node:sqlite';
import type { UsagePoint } from '#lib/model/contract/usage.ts';
import { decodeUsage, encodeUsage } from './encode-usage.ts';

/** A block grows to this many readings, or to this long, whichever comes first. */
const BLOCK_POINTS = 360;
const BLOCK_MS = 3_600_000;

/** What the containers of all tasks used. `task` is the row of the task. */
export interface UsageTable {
  add(task: number, point: UsagePoint): void;
  /** Oldest first. */
  read(task: number, fromMs: number, untilMs: number): UsagePoint[];
  /** Puts those that are in no block yet into blocks. */
  pack(): void;
}

interface Block {
  data: Uint8Array;
}

/** As probes are: at once into a journal, and from there into blocks of one task each. */
export function createUsageTable(db: DatabaseSync): UsageTable {
  const journal = db.prepare('INSERT INTO usage_journal(task, data) VALUES (?, ?)');
  const clear = db.prepare('DELETE FROM usage_journal');
  const lastBlock = db.prepare('SELECT data FROM usage WHERE task = ? ORDER BY from_ms DESC LIMIT 1');
  const blocks = db.prepare(
    'SELECT data FROM usage WHERE task = ? AND from_ms <= ? AND until_ms >= ? ORDER BY from_ms',
  );
  const put = db.prepare(
    'INSERT OR REPLACE INTO usage(task, from_ms, until_ms, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const hot = new Map<number, UsagePoint[]>();

  for (const row of db.prepare('SELECT task, data FROM usage_journal ORDER BY n').iterate()) {
    const { task, data } = row as unknown as Block & { task: number };
    for (const point of decodeUsage(data)) keep(task, point);
  }

  function keep(task: number, point: UsagePoint): void {
    const points = hot.get(task);
    if (points) points.push(point);
    else hot.set(task, [point]);
  }

  function write(task: number, points: UsagePoint[]): void {
    const times = points.map(({ atMs }) => atMs);
    put.run(task, Math.min(...times), Math.max(...times), points.length, encodeUsage(points));
  }

  return {
    add(task, point) {
      journal.run(task, encodeUsage([point]));
      keep(task, point);
    },
    read(task, fromMs, untilMs) {
      const packed = (blocks.all(task, untilMs, fromMs) as unknown as Block[]).flatMap(({ data }) =>
        decodeUsage(data),
      );
      return [...packed, ...(hot.get(task) ?? [])]
        .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs);
    },
    pack() {
      for (const [task, added] of hot) {
        const last = lastBlock.get(task) as unknown as Block | undefined;
        let block = last ? decodeUsage(last.data) : [];
        for (const point of added.sort((a, b) => a.atMs - b.atMs)) {
          const lastsMs = block[0] ? point.atMs - block[0].atMs : 0;
          if (block.length >= BLOCK_POINTS || lastsMs > BLOCK_MS || lastsMs < 0) {
            write(task, block);
            block = [];
          }
          block.push(point);
        }
        write(task, block);
      }
      clear.run();
      hot.clear();
    },
  };
}
