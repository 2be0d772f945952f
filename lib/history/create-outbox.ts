import { randomUUID } from 'node:crypto';
import { createPendingFile, type PendingFile, toPendingPath } from './pending-file.ts';
import type { HistoryRecord } from './record.ts';
import type { Batch } from './thread-message.ts';

/** Records wait so long before they are on their way into the pending file: what a kill -9 may lose. */
const PENDING_MS = 50;
/** So many become a text at once: what it takes is known only then. */
const FRESH_MAX = 2_000;
/** Records that wait for a slow disk; beyond either the newest are lost. */
const WAITING_MAX = 400_000;
const WAITING_CHARS_MAX = 64_000_000;
/** What may be recorded at leisure waits until there are so few. */
const ROOM = 10_000;

/** Records on their way to the thread that keeps them; meanwhile they lie in the pending file, too. */
export interface Outbox {
  add(record: HistoryRecord): void;
  isEmpty(): boolean;
  /** Whether few wait: what lasts may be recorded again. */
  hasRoom(): boolean;
  /** Puts what came last into the pending file, too. */
  encode(): void;
  /** All that waits, and the number of its last batch, or of the one before where nothing does. */
  take(): { batches: Batch[]; lastSeq: number };
  /** The database has all batches up to this one. */
  settle(seq: number): void;
  /** Only while the database is ours is there a pending file: another server's may lie there. */
  setOurs(isOurs: boolean): void;
  /** How many did not fit in since it was last asked. */
  takeLost(): number;
}

/** @param databasePath `null`: nothing lies on a disk */
export function createOutbox(
  databasePath: string | null,
  nowMs: () => number,
  onPendingError: (error: unknown) => void,
): Outbox {
  const source = randomUUID();
  let lastSeq = 0;
  let fresh: HistoryRecord[] = [];
  let freshTimer: NodeJS.Timeout | null = null;
  let batches: Batch[] = [];
  let waiting = 0;
  let waitingChars = 0;
  let lost = 0;
  let pending: PendingFile | null = null;

  function encode(): void {
    if (freshTimer !== null) clearTimeout(freshTimer);
    freshTimer = null;
    if (fresh.length === 0) return;
    lastSeq += 1;
    const batch = { source, seq: lastSeq, atMs: nowMs(), records: JSON.stringify(fresh) };
    fresh = [];
    batches.push(batch);
    waitingChars += batch.records.length;
    pending?.append(batch);
  }

  return {
    add(record) {
      if (waiting >= WAITING_MAX || waitingChars >= WAITING_CHARS_MAX) {
        lost += 1;
        return;
      }
      waiting += 1;
      fresh.push(record);
      if (fresh.length >= FRESH_MAX) encode();
      else freshTimer ??= setTimeout(encode, PENDING_MS).unref();
    },
    isEmpty: () => waiting === 0,
    hasRoom: () => waiting < ROOM,
    encode,
    take() {
      encode();
      const taken = batches;
      batches = [];
      waiting = 0;
      waitingChars = 0;
      return { batches: taken, lastSeq };
    },
    settle: (seq) => pending?.settle(seq),
    setOurs(isOurs) {
      if (!isOurs || databasePath === null) {
        pending?.close();
        pending = null;
        return;
      }
      if (pending !== null) return;
      try {
        pending = createPendingFile(toPendingPath(databasePath), onPendingError);
        for (const batch of batches) pending.append(batch);
      } catch (error) {
        onPendingError(error);
      }
    },
    takeLost() {
      const count = lost;
      lost = 0;
      return count;
    },
  };
}
