import type { ResilientStore, ResilientStoreOptions } from '#lib/history/create-resilient-store.ts';
import { describeStoreProblem } from '#lib/history/describe-store-problem.ts';
import { readPendingFile, toPendingPath } from '#lib/history/pending-file.ts';
import type { Store } from '#lib/history/store/create-store.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { PostgresError } from './create-link.ts';
import { isOfValues, USED } from './create-postgres-database.ts';
import { createSpool, type Spool } from './create-spool.ts';
import type { PostgresSettings } from './message.ts';
import { catchUp, openPostgresStore } from './open-postgres-store.ts';
import { ANEW, CATCHING_UP, FULL, KEPT, toLate, toNotKept } from './sentences.ts';

const RETRY_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
/** Once it is known to be away: questions wait meanwhile. */
const RECONNECT_WITHIN_MS = 2_000;
/** SQLSTATE of what is wrong with one statement, not with the connection or the server. */
const OF_STATEMENT = /^(?!08|53|57P)(?=.*\d)[0-9A-Z]{5}$/;

export interface PostgresStoreOptions extends Omit<ResilientStoreOptions, 'path' | 'maxBytes'> {
  postgres: PostgresSettings;
  /** The file of the spool; `null`: it is in memory. */
  path: string | null;
  /** What may wait there. */
  spoolBytes?: number | undefined;
}

/**
 * The store in PostgreSQL, and what to do while that cannot be used: what happens waits in a spool, and is put into it
 * afterwards, in its order and once.
 */
export function createPostgresStore(options: PostgresStoreOptions): Omit<ResilientStore, 'write'> {
  const { nowMs, postgres, path } = options;
  const emit = createEmit(options.onState);
  let spool: Spool | null = null;
  let store: Store | null = null;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  /** It was open in this process, and nothing was lost since. */
  let isContinued = false;
  let leftUntilN = 0;
  let isCareful = false;
  /** Some was lost, or is another server's to keep: nothing waits until the database can be used. */
  let isLost = false;

  function openSpool(): Spool | null {
    if (spool !== null) return spool;
    try {
      spool = openSpoolWithLeft(path, nowMs(), options.spoolBytes);
      leftUntilN = spool.lastN();
      emit.note(spool.setAside);
    } catch (error) {
      emit('broken', describeStoreProblem(error, path ?? 'memory'));
    }
    return spool;
  }

  function closeStore(): void {
    try {
      store?.close();
    } catch {
      // It is unusable anyway.
    }
    store = null;
  }

  function fail(error: unknown): void {
    closeStore();
    // What was refused of one record is found by trying them one by one, at once.
    isCareful = isOfValues(error) && !isCareful;
    triedAtMs = isCareful ? Number.NEGATIVE_INFINITY : nowMs();
    if (!isContinued && error instanceof PostgresError && error.code === USED) isLost = true;
    if (isLost) emit('broken', toNotKept(error));
    else emit('late', toLate(error, path === null));
  }

  function open(): Store | null {
    if (store !== null) return store;
    const waiting = openSpool();
    // A clock that was set back must not put it off.
    if (waiting === null || Math.abs(nowMs() - triedAtMs) < RETRY_MS) return null;
    const connectWithinMs = Number.isFinite(triedAtMs) ? RECONNECT_WITHIN_MS : CONNECT_WITHIN_MS;
    triedAtMs = nowMs();
    try {
      const isWaiting = !waiting.isEmpty();
      const how = { spool: waiting, leftUntilN, isContinued, isCareful, connectWithinMs };
      const opened = openPostgresStore({ ...options, ...postgres, ...how });
      // What lasts is recorded again by whoever hears of it.
      if (opened.isOthers && isContinued) emit('broken', ANEW);
      else if (opened.isOthers && isWaiting) emit.note(ANEW);
      store = opened.store;
      isContinued = true;
      isLost = false;
      if (waiting.isEmpty()) emit('database', KEPT);
    } catch (error) {
      fail(error);
    }
    return store;
  }

  /** @returns whether they are in the database */
  function put(batches: readonly Batch[], atMs: number): boolean {
    const opened = open();
    if (opened === null || spool === null) return false;
    try {
      if (!catchUp(opened, spool)) {
        emit('late', CATCHING_UP);
        return false;
      }
      opened.writeBatches(batches, atMs);
      emit('database', KEPT);
      // From now on they need not be tried one by one.
      if (isCareful) closeStore();
      isCareful = false;
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  }

  /** @returns whether they wait for the database */
  function keep(batches: readonly Batch[], atMs: number): boolean {
    if (spool === null || isLost) return false;
    try {
      if (spool.add(batches, atMs)) return true;
    } catch {
      // Its disk is full, too.
    }
    isLost = true;
    isContinued = false;
    leftUntilN = spool.lastN();
    closeStore();
    emit('broken', FULL);
    return false;
  }

  open();
  return {
    writeBatches: (batches, atMs) => put(batches, atMs) || keep(batches, atMs),
    takePast: () => false,
    ask(question) {
      // What waits is not in it: a status that lasts there may be over.
      if (store === null || spool?.isEmpty() === false) return null;
      try {
        return store.ask(question);
      } catch (error) {
        if (error instanceof PostgresError && !OF_STATEMENT.test(error.code)) fail(error);
        return null;
      }
    },
    close() {
      closeStore();
      spool?.close();
      spool = null;
    },
  };
}

/** With what the process before us put into its pending file alone. */
function openSpoolWithLeft(path: string | null, nowMs: number, maxBytes: number | undefined): Spool {
  const spool = createSpool(path, nowMs, maxBytes);
  const left = path === null ? [] : readPendingFile(toPendingPath(path));
  if (left.length > 0) spool.add(left, left.at(-1)?.atMs ?? 0);
  return spool;
}

/** Says what changed. */
function createEmit(onState: PostgresStoreOptions['onState']) {
  let emitted = '';
  let note: string | null = null;
  const emit = (kind: HistoryState['kind'], sentence: string) => {
    if (sentence === emitted) return;
    emitted = sentence;
    onState({ kind, sentence }, note);
    note = null;
  };
  return Object.assign(emit, {
    /** For the log, with the next state. */
    note(text: string | null) {
      note = text;
    },
  });
}
