import { close, constants, fchmodSync, ftruncate, openSync, readFileSync, statSync, write } from 'node:fs';
import type { HistoryRecord } from './record.ts';
import type { Batch } from './thread-message.ts';

/** So much may wait for a database that is busy; what comes then is in the database alone. */
const BYTES_MAX = 64 * 2 ** 20;
/** It begins anew when it is this big and the database has all of it. */
const KEPT_BYTES = 256 * 1024;

/** A link in its place would be somebody else's file. */
const FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND | constants.O_NOFOLLOW;

/** Where the batches lie that the history's database may not have yet. */
export const toPendingPath = (databasePath: string) => `${databasePath}.pending`;

/**
 * A plain file beside the database that has each batch within milliseconds, however long the database takes: SQLite may
 * wait for the disk, prune, or answer a question. What the process wrote outlives its kill -9. To be used by whoever
 * holds the database's lock, and no one else.
 */
export interface PendingFile {
  /** In order, and at once; waits for nothing. */
  append(batch: Batch): void;
  /** The database has all batches up to this one. */
  settle(seq: number): void;
  close(): void;
}

/**
 * Begins the file anew: the database was opened, and so has what was in it.
 *
 * @param onError it cannot be written; called once
 * @throws the error of node:fs when it cannot be opened
 */
export function createPendingFile(path: string, onError: (error: Error) => void): PendingFile {
  const file = openSync(path, FLAGS, 0o600);
  fchmodSync(file, 0o600);
  let queue: string[] = [];
  let busy = false;
  let closed = false;
  let failed = false;
  let bytes = 0;
  let lastSeq = 0;
  let settledSeq = 0;

  function next(): void {
    if (busy || failed) return;
    if (queue.length > 0) {
      const data = Buffer.from(queue.join(''));
      queue = [];
      busy = true;
      write(file, data, (error, written) =>
        done(error ?? (written < data.length ? new Error('the disk is full') : null)),
      );
    } else if (closed) {
      failed = true;
      close(file, () => {});
    } else if (bytes > KEPT_BYTES && settledSeq === lastSeq) {
      busy = true;
      bytes = 0;
      ftruncate(file, 0, done);
    }
  }

  function done(error: Error | null): void {
    busy = false;
    if (error === null) next();
    else {
      failed = true;
      close(file, () => {});
      onError(error);
    }
  }

  return {
    append(batch) {
      const line = `${JSON.stringify([batch.source, batch.seq, batch.atMs])} ${batch.records}\n`;
      if (closed || failed || bytes + line.length > BYTES_MAX) return;
      bytes += line.length;
      lastSeq = batch.seq;
      queue.push(line);
      next();
    },
    settle(seq) {
      settledSeq = seq;
      next();
    },
    close() {
      closed = true;
      next();
    },
  };
}

/** The batches in the file, oldest first. A line that a kill cut short is left out; no file has none. */
export function readPendingFile(path: string): Batch[] {
  let text: string;
  try {
    if (statSync(path).size > 2 * BYTES_MAX) return [];
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const end = line.indexOf(' ');
    if (end < 0) return [];
    const records = line.slice(end + 1);
    try {
      const [source, seq, atMs] = JSON.parse(line.slice(0, end)) as unknown[];
      if (!Array.isArray(JSON.parse(records))) return [];
      if (typeof source !== 'string' || !Number.isSafeInteger(seq) || !Number.isSafeInteger(atMs)) return [];
      return [{ source, seq: Number(seq), atMs: Number(atMs), records }];
    } catch {
      return [];
    }
  });
}

/** The records of a batch. */
export function parseRecords(batch: Batch): HistoryRecord[] {
  return JSON.parse(batch.records) as HistoryRecord[];
}
