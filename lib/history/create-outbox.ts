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
/** That so much ended is remembered where there is no room for it: nothing else says it again. */
const ENDS_MAX = 50_000;
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
  /** What did not fit in and says of its subject that it ended, by that. */
  const ends = new Map<string, HistoryRecord>();
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

  function add(record: HistoryRecord): void {
    if (ends.size > 0) ends.delete(toSubjectKey(record) ?? '');
    if (waiting >= WAITING_MAX || waitingChars >= WAITING_CHARS_MAX) {
      lose(record);
      return;
    }
    waiting += 1;
    fresh.push(record);
    if (fresh.length >= FRESH_MAX) encode();
    else freshTimer ??= setTimeout(encode, PENDING_MS).unref();
  }

  /** What lasts is recorded again once there is room, and what ended is not among it. */
  function lose(record: HistoryRecord): void {
    const key = isEnd(record) && ends.size < ENDS_MAX ? toSubjectKey(record) : null;
    if (key === null) lost += 1;
    else ends.set(key, record);
  }

  return {
    add,
    isEmpty: () => waiting === 0 && ends.size === 0,
    hasRoom: () => waiting < ROOM,
    encode,
    take() {
      encode();
      // What comes in below is written next: it is not settled with this.
      const takenSeq = lastSeq;
      const taken = batches;
      batches = [];
      waiting = 0;
      waitingChars = 0;
      const late = [...ends.values()];
      ends.clear();
      late.forEach(add);
      return { batches: taken, lastSeq: takenSeq };
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

/** What later records of the same replace what this one says; `null`: it is something that happened, and stays. */
function toSubjectKey(record: HistoryRecord): string | null {
  switch (record.kind) {
    case 'status':
    case 'status-end':
      return `status ${record.serviceId} ${record.key}`;
    case 'port':
    case 'port-end':
      return `port ${record.serviceId} ${record.port} ${record.nodeId}`;
    case 'availability':
      return `availability ${record.serviceId}`;
    case 'incident':
      return `incident ${record.incident.id}`;
    case 'task':
      return `task ${record.task.id}`;
    case 'service':
      return `service ${record.service.id}`;
    case 'service-gone':
      return `service ${record.serviceId}`;
    case 'node':
      return `node ${record.node.id}`;
    case 'node-gone':
      return `node ${record.nodeId}`;
    default:
      return null;
  }
}

function isEnd(record: HistoryRecord): boolean {
  switch (record.kind) {
    case 'status-end':
    case 'port-end':
    case 'service-gone':
    case 'node-gone':
      return true;
    case 'availability':
      return record.state === null;
    case 'incident':
      return record.incident.endedAtMs !== null;
    case 'task':
      return record.untilMs !== null;
    default:
      return false;
  }
}
