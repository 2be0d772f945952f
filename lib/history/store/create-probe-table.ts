import { decodeProbes } from './codec/decode-probes.ts';
import { encodeProbes, type ProbeRow } from './codec/encode-probes.ts';
import { type BlockTable, createBlockTable } from './create-block-table.ts';
import { createProbeTally } from './create-probe-tally.ts';
import type { Database } from './database.ts';

/** Docker's log holds five probes: a start among this many of the newest was read before. */
const RECENT = 12;

/** The probes of all tasks, each once. `task` is the row of the task. */
export interface ProbeTable
  extends Pick<BlockTable<ProbeRow>, 'journalled' | 'pack' | 'begin' | 'undo' | 'refresh'> {
  /** @returns false when it is there already */
  add(task: number, row: ProbeRow): boolean;
  /** The same, of one that may have come long ago. */
  addLate(task: number, row: ProbeRow): boolean;
  has(task: number, row: Pick<ProbeRow, 'startMs' | 'skewMs'>): boolean;
  /** On our clock, oldest first. */
  read(task: number, fromMs: number, untilMs: number): ProbeRow[];
  /** The newest, oldest first. */
  readLast(task: number, limit: number): ProbeRow[];
}

export function createProbeTable(db: Database): ProbeTable {
  const tally = createProbeTally(db);
  const blocks = createBlockTable<ProbeRow>(db, {
    table: 'probes',
    journal: 'journal',
    journalColumns: ['start_ms', 'skew_ms', 'duration_ms', 'exit_code', 'output'],
    toJournal: (row) => [row.startMs, row.skewMs, row.durationMs, row.exitCode, row.output],
    fromJournal: (columns) => [toProbeRow(columns as unknown as JournalledProbe)],
    encode: (rows) => encodeProbes(rows, 0),
    decode: (data) => decodeProbes(data, 0),
    atMs: (row) => row.startMs - row.skewMs,
    maxRows: 240,
    onPack: tally.add,
  });
  const recent = new Map<number, number[]>();

  function recentOf(task: number): number[] {
    let starts = recent.get(task);
    if (!starts) {
      starts = blocks
        .readNewest(task, 1)
        .map((row) => row.startMs)
        .sort((a, b) => a - b)
        .slice(-RECENT);
      recent.set(task, starts);
    }
    return starts;
  }

  function has(task: number, { startMs, skewMs }: Pick<ProbeRow, 'startMs' | 'skewMs'>): boolean {
    return blocks.has(task, startMs - skewMs, (row) => row.startMs === startMs);
  }

  return {
    has,
    addLate(task, row) {
      if (has(task, row)) return false;
      recent.delete(task);
      blocks.add(task, row);
      return true;
    },
    refresh() {
      recent.clear();
      blocks.refresh();
    },
    add(task, row) {
      const starts = recentOf(task);
      if (starts.includes(row.startMs)) return false;
      // It may have come long before these.
      if (row.startMs < (starts[0] ?? row.startMs) && has(task, row)) return false;
      starts.push(row.startMs);
      if (starts.length > RECENT) starts.shift();
      blocks.add(task, row);
      return true;
    },
    read: blocks.read,
    readLast: (task, limit) =>
      blocks
        .readNewest(task, 2)
        .sort((a, b) => a.startMs - b.startMs)
        .slice(-limit),
    journalled: blocks.journalled,
    begin: blocks.begin,
    undo() {
      blocks.undo();
      recent.clear();
    },
    pack() {
      blocks.pack();
      recent.clear();
    },
  };
}

interface JournalledProbe {
  start_ms: number;
  skew_ms: number;
  duration_ms: number;
  exit_code: number;
  output: number;
}

const toProbeRow = (columns: JournalledProbe): ProbeRow => ({
  startMs: columns.start_ms,
  skewMs: columns.skew_ms,
  durationMs: columns.duration_ms,
  exitCode: columns.exit_code,
  output: columns.output,
});
