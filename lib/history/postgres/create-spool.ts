import { randomUUID } from 'node:crypto';
import { openDatabase } from '#lib/history/store/open-database.ts';
import type { Batch } from '#lib/history/thread-message.ts';

/** What may wait on the disk; of more the newest is lost. */
const BYTES_MAX = 256 * 2 ** 20;
const MEMORY_BYTES_MAX = 64 * 2 ** 20;
/** A sign of life is kept so often where there is nothing else: less than what is taken for a silence. */
const ALIVE_MS = 20_000;

const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE batches(
    n INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT, seq INTEGER, at_ms INTEGER NOT NULL, chars INTEGER NOT NULL,
    records TEXT NOT NULL, UNIQUE(source, seq));
  CREATE TABLE keeper(id TEXT NOT NULL);
  `,
];

/** A part of what waits, from the oldest on. */
export interface SpoolPiece {
  /** `null`: a sign of life, with its time. */
  batches: (Batch | { source: null; atMs: number })[];
  /** Where it ends. */
  lastN: number;
}

/** Batches that a database could not take yet, in their order, each once. */
export interface Spool {
  /** Whose they are: of this folder, over restarts. */
  keeperId: string;
  /** What was damaged and was set aside, in a sentence. */
  setAside: string | null;
  isEmpty(): boolean;
  /** @returns false: there is no room for them. @throws the error of node:sqlite */
  add(batches: readonly Batch[], nowMs: number): boolean;
  /** About so many characters, of those until `untilN`; `null`: there are none. */
  read(chars: number, untilN?: number): SpoolPiece | null;
  /** They are where they belong. */
  remove(untilN: number): void;
  /** The newest. */
  lastN(): number;
  /** The newest that is no younger; 0: there is none. */
  lastNUntil(atMs: number): number;
  /** The newest of this process; 0: there is none. */
  lastSeqOf(source: string): number;
  close(): void;
}

/**
 * A file of its own, which nobody else may use meanwhile.
 *
 * @param path `null`: in memory
 * @throws RefusedFileError, or the error of node:sqlite or node:fs
 */
export function createSpool(path: string | null, nowMs: number, maxBytes?: number): Spool {
  const { db, setAside } = openDatabase(path, nowMs, false, MIGRATIONS);
  const limit = maxBytes ?? (path === null ? MEMORY_BYTES_MAX : BYTES_MAX);
  const addRow = db.prepare(
    'INSERT INTO batches(source, seq, at_ms, chars, records) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const readRows = db.prepare('SELECT n, source, seq, at_ms, records FROM batches WHERE n <= ? ORDER BY n');
  const removeRows = db.prepare('DELETE FROM batches WHERE n <= ? RETURNING chars');
  const newest = db.prepare('SELECT n, at_ms FROM batches ORDER BY n DESC LIMIT 1');
  const newestUntil = db.prepare('SELECT max(n) AS n FROM batches WHERE at_ms <= ?');
  const newestOf = db.prepare('SELECT max(seq) AS seq FROM batches WHERE source = ?');
  const sum = db.prepare('SELECT coalesce(sum(chars), 0) AS chars FROM batches');
  let chars = Number(sum.get()?.chars ?? 0);

  return {
    keeperId: readKeeper(),
    setAside,
    isEmpty: () => newest.get() === undefined,
    add(batches, nowMs) {
      const added = batches.reduce((total, { records }) => total + records.length, 0);
      if (chars + added > limit) return false;
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const { source, seq, atMs, records } of batches)
          addRow.run(source, seq, atMs, records.length, records);
        const last = newest.get();
        if (last === undefined || Math.abs(nowMs - Number(last.at_ms)) > ALIVE_MS)
          addRow.run(null, null, nowMs, 0, '[]');
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
      chars += added;
      return true;
    },
    read(maxChars, untilN = Number.MAX_SAFE_INTEGER) {
      const batches: SpoolPiece['batches'] = [];
      let lastN = 0;
      let read = 0;
      for (const row of readRows.iterate(untilN)) {
        const [atMs, records] = [Number(row.at_ms), String(row.records)];
        if (row.source === null) batches.push({ source: null, atMs });
        else batches.push({ source: String(row.source), seq: Number(row.seq), atMs, records });
        lastN = Number(row.n);
        read += records.length;
        if (read >= maxChars) break;
      }
      return batches.length === 0 ? null : { batches, lastN };
    },
    remove(untilN) {
      for (const row of removeRows.all(untilN)) chars -= Number(row.chars);
      if (newest.get() === undefined) db.exec('PRAGMA incremental_vacuum');
    },
    lastN: () => Number(newest.get()?.n ?? 0),
    lastNUntil: (atMs) => Number(newestUntil.get(atMs)?.n ?? 0),
    lastSeqOf: (source) => Number(newestOf.get(source)?.seq ?? 0),
    close: () => db.close(),
  };

  function readKeeper(): string {
    const known = db.prepare('SELECT id FROM keeper').get()?.id;
    if (known !== undefined) return String(known);
    const id = randomUUID();
    db.prepare('INSERT INTO keeper VALUES (?)').run(id);
    return id;
  }
}
