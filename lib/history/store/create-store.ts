import { parseRecords, readPendingFile, toPendingPath } from '#lib/history/pending-file.ts';
import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import { copyPast } from './copy-past.ts';
import { createAgeClock } from './create-age-clock.ts';
import { createAnswers } from './create-answers.ts';
import { createWriter } from './create-writer.ts';
import { type OpenedDatabase, openDatabase } from './open-database.ts';
import { parseJson } from './parse-json.ts';
import { createPruner } from './prune.ts';
import { readBaseline } from './read-baseline.ts';

/** Probes go from the journal into blocks after this time, or when there are so many. */
const PACK_MS = 600_000;
const PACK_PROBES = 100_000;
const PRUNE_MS = 60_000;
/** Of each write; the next one goes on. */
const PRUNE_WITHIN_MS = 40;

/** The history in one database. Synchronous: it belongs on a thread where nobody waits. */
export interface Store {
  /** See `openDatabase`. */
  setAside: string | null;
  /** All of them, or on an error of the database none. */
  write(records: readonly HistoryRecord[], nowMs: number): void;
  /** The same, without those that it has already. */
  writeBatches(batches: readonly Batch[], nowMs: number): void;
  ask<K extends QuestionKind>(question: Ask<K>): Answer<K>;
  /** Writes all of it to a new file. @throws the error of node:sqlite */
  copyTo(file: string): void;
  close(): void;
}

export interface StoreOptions {
  /** The database's file; `null`: in memory. */
  path: string | null;
  maxAgeDays: number;
  maxBytes: number;
  nowMs: number;
  /** The file was found to be damaged while it was used. */
  isDamaged?: boolean;
  /** A database that holds what was before this one was begun: it begins with that. */
  pastFile?: string;
  /** A clock that nobody sets, ms; for tests. */
  steadyMs?: () => number;
}

/** @throws RefusedFileError, or the error of node:sqlite or node:fs */
export function createStore(options: StoreOptions): Store {
  const opened = openDatabase(options.path, options.nowMs, options.isDamaged);
  try {
    if (options.pastFile !== undefined) copyPast(opened.db, options.pastFile);
    return toStore(opened, options);
  } catch (error) {
    // Else it would stay locked.
    opened.db.close();
    throw error;
  }
}

function toStore({ db, setAside }: OpenedDatabase, options: StoreOptions): Store {
  const writer = createWriter(db);
  const putAlive = db.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('alive', ?)");
  const putApplied = db.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('applied', ?)");
  let applied = readApplied();
  // What the process before us had no time to write.
  if (options.path !== null) {
    const left = takeNew(readPendingFile(toPendingPath(options.path)));
    writer.runs.resume();
    if (left.length > 0) transact(() => left.forEach(writeBatch));
    writer.runs.pause();
  }
  const baseline = readBaseline(db);
  // What lasted when the process before us ended: from then on nothing is known of it.
  for (const table of ['spans', 'ports'])
    db.prepare(`UPDATE ${table} SET until_ms = max(from_ms, ?) WHERE until_ms IS NULL`).run(
      baseline.aliveMs ?? 0,
    );
  writer.tallies.close(baseline.aliveMs ?? 0);
  let packedAtMs = options.nowMs;
  let prunedAtMs = 0;
  const steadyMs = options.steadyMs ?? (() => performance.now());
  const pruner = createPruner(db, options, steadyMs);
  const age = createAgeClock(db, options.nowMs, steadyMs);

  function transact(act: () => void): void {
    db.exec('BEGIN IMMEDIATE');
    try {
      act();
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  /** A record that is not as it should be is left out: it must not take all others with it, again and again. */
  function writeOne(record: HistoryRecord, nowMs: number): void {
    try {
      writer.write(record, nowMs);
    } catch (error) {
      if (!isOfRecord(error)) throw error;
    }
  }

  function writeBatch(batch: Batch): void {
    for (const record of parseRecords(batch)) writeOne(record, batch.atMs);
    noteAlive(batch.atMs);
    putApplied.run(JSON.stringify([batch.source, batch.seq]));
  }

  function noteAlive(atMs: number): void {
    putAlive.run(atMs);
    writer.runs.extend(atMs);
  }

  function readApplied(): [source: string, seq: number] {
    const row = db.prepare("SELECT value FROM meta WHERE key = 'applied'").get();
    const [source, seq] = parseJson<unknown[]>(row?.value) ?? [];
    return [String(source ?? ''), Number(seq ?? 0)];
  }

  /** Those of them that are not in the database, which are taken to be from now on. */
  function takeNew(batches: readonly Batch[]): Batch[] {
    return batches.filter(({ source, seq }) => {
      if (source === applied[0] && seq <= applied[1]) return false;
      applied = [source, seq];
      return true;
    });
  }

  function write(nowMs: number, act: () => void): void {
    // A clock that was set back must not put it off.
    const isPackDue = Math.abs(nowMs - packedAtMs) >= PACK_MS || writer.probes.journalled() >= PACK_PROBES;
    transact(() => {
      act();
      writer.tallies.observeAlive(nowMs);
      noteAlive(nowMs);
      if (isPackDue) {
        writer.tallies.pack(nowMs);
        writer.probes.pack();
        writer.usage.pack();
      }
    });
    if (isPackDue) packedAtMs = nowMs;
    if (Math.abs(nowMs - prunedAtMs) < PRUNE_MS) return;
    if (!pruner.run(nowMs, age.read(nowMs), PRUNE_WITHIN_MS)) return;
    prunedAtMs = nowMs;
    // SQLite itself would wait for a thousand pages, many minutes in a small swarm: what a power loss takes is since here.
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  const answers = createAnswers(db, writer, baseline);

  return {
    setAside,
    write: (records, nowMs) =>
      write(nowMs, () => {
        for (const record of records) writeOne(record, nowMs);
      }),
    writeBatches: (batches, nowMs) => write(nowMs, () => takeNew(batches).forEach(writeBatch)),
    ask: (question) => answers[question.kind](question as never) as never,
    copyTo: (file) => void db.prepare('VACUUM INTO ?').run(file),
    close: () => db.close(),
  };
}

/** What SQLite cannot store of one record, it can of others: SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH, RANGE. */
const OF_RECORD = new Set([1, 18, 19, 20, 25]);

function isOfRecord(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined || OF_RECORD.has(errcode & 0xff);
}
