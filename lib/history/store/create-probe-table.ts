import type { DatabaseSync } from 'node:sqlite';
import { decodeProbes } from './decode-probes.ts';
import { encodeProbes, type ProbeRow } from './encode-probes.ts';

/** Docker's log holds five probes: a start among this many of the newest was read before. */
const RECENT = 12;
/** A block grows to this many probes, or to this long, whichever comes first. */
const BLOCK_PROBES = 240;
const BLOCK_MS = 3_600_000;

/** The probes of all tasks, each once. `task` is the row of the task. */
export interface ProbeTable {
  /** @returns false when it is there already */
  add(task: number, row: ProbeRow): boolean;
  /** On our clock, oldest first. */
  read(task: number, fromMs: number, untilMs: number): ProbeRow[];
  /** The newest, oldest first. */
  readLast(task: number, limit: number): ProbeRow[];
  /** Probes that are in no block yet. */
  journalled(): number;
  /** Puts them into blocks. */
  pack(): void;
}

interface Block {
  data: Uint8Array;
}

/** When it started on our clock: what blocks and windows are found by. */
const startOf = (row: ProbeRow) => row.startMs - row.skewMs;
const decode = ({ data }: Block) => decodeProbes(data, 0);

export function createProbeTable(db: DatabaseSync): ProbeTable {
  const journal = db.prepare(
    'INSERT INTO journal(task, start_ms, skew_ms, duration_ms, exit_code, output) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const clear = db.prepare('DELETE FROM journal');
  const lastBlocks = db.prepare('SELECT data FROM probes WHERE task = ? ORDER BY from_ms DESC LIMIT ?');
  const blocks = db.prepare(
    'SELECT data FROM probes WHERE task = ? AND from_ms <= ? AND until_ms >= ? ORDER BY from_ms',
  );
  const put = db.prepare(
    'INSERT OR REPLACE INTO probes(task, from_ms, until_ms, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const hot = new Map<number, ProbeRow[]>();
  const recent = new Map<number, number[]>();
  let journalled = 0;

  for (const row of db
    .prepare(
      'SELECT task, start_ms AS startMs, skew_ms AS skewMs, duration_ms AS durationMs, exit_code AS exitCode, output FROM journal ORDER BY n',
    )
    .iterate()) {
    const { task, ...probe } = row as unknown as ProbeRow & { task: number };
    keep(task, probe);
  }

  function keep(task: number, row: ProbeRow): void {
    const rows = hot.get(task);
    if (rows) rows.push(row);
    else hot.set(task, [row]);
    journalled += 1;
  }

  function recentOf(task: number): number[] {
    let starts = recent.get(task);
    if (!starts) {
      const packed = (lastBlocks.all(task, 1) as unknown as Block[]).flatMap(decode);
      starts = [...packed, ...(hot.get(task) ?? [])].slice(-RECENT).map((row) => row.startMs);
      recent.set(task, starts);
    }
    return starts;
  }

  function write(task: number, rows: ProbeRow[]): void {
    const starts = rows.map(startOf);
    put.run(task, Math.min(...starts), Math.max(...starts), rows.length, encodeProbes(rows, 0));
  }

  return {
    add(task, row) {
      const starts = recentOf(task);
      if (starts.includes(row.startMs)) return false;
      starts.push(row.startMs);
      if (starts.length > RECENT) starts.shift();
      journal.run(task, row.startMs, row.skewMs, row.durationMs, row.exitCode, row.output);
      keep(task, row);
      return true;
    },
    read(task, fromMs, untilMs) {
      const packed = (blocks.all(task, untilMs, fromMs) as unknown as Block[]).flatMap(decode);
      return [...packed, ...(hot.get(task) ?? [])]
        .filter((row) => startOf(row) >= fromMs && startOf(row) <= untilMs)
        .sort((a, b) => startOf(a) - startOf(b));
    },
    readLast(task, limit) {
      const packed = (lastBlocks.all(task, 2) as unknown as Block[]).reverse().flatMap(decode);
      return [...packed, ...(hot.get(task) ?? [])].sort((a, b) => a.startMs - b.startMs).slice(-limit);
    },
    journalled: () => journalled,
    pack() {
      for (const [task, added] of hot) {
        const rows = added.sort((a, b) => startOf(a) - startOf(b));
        const [last] = lastBlocks.all(task, 1) as unknown as Block[];
        let block = last ? decode(last) : [];
        for (const row of rows) {
          const lastsMs = block[0] ? startOf(row) - startOf(block[0]) : 0;
          if (block.length >= BLOCK_PROBES || lastsMs > BLOCK_MS || lastsMs < 0) {
            write(task, block);
            block = [];
          }
          block.push(row);
        }
        write(task, block);
      }
      clear.run();
      hot.clear();
      recent.clear();
      journalled = 0;
    },
  };
}
