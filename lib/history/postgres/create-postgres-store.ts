import type { ResilientStore, ResilientStoreOptions } from '#lib/history/create-resilient-store.ts';
import { describeStoreProblem } from '#lib/history/describe-store-problem.ts';
import { readPendingFile, toPendingPath } from '#lib/history/pending-file.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { createFollowing } from './create-following.ts';
import { PostgresError } from './create-link.ts';
import { isOfValues } from './create-postgres-database.ts';
import { createSpool, type Spool } from './create-spool.ts';
import { takeHanded } from './handed.ts';
import { isSameLead, type Lead, NOT_KNOWN } from './lead.ts';
import type { PostgresSettings } from './message.ts';
import {
  catchUp,
  endLate,
  type OpenedStore,
  openPostgresReader,
  openPostgresStore,
} from './open-postgres-store.ts';
import { FENCED } from './schema.ts';
import { APART, CATCHING_UP, FOLLOWS, FULL, KEPT, NOBODY, REFUSED, toLate, toNotKept } from './sentences.ts';

const RETRY_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
/** Once it is known to be away: questions wait meanwhile. */
const RECONNECT_WITHIN_MS = 2_000;
const TAKE_HANDED_MS = 5_000;
/** SQLSTATE of what is wrong with one statement, not with the connection or the server. */
const OF_STATEMENT = /^(?!08|53|57P)(?=.*\d)[0-9A-Z]{5}$/;

export interface PostgresStoreOptions extends Omit<ResilientStoreOptions, 'path' | 'maxBytes'> {
  postgres: PostgresSettings;
  /** The file of the spool; `null`: it is in memory. */
  path: string | null;
  /** What lasts is to be recorded again: another one wrote until now. */
  onResume(): void;
  /** What may wait there. */
  spoolBytes?: number | undefined;
}

/**
 * The store in PostgreSQL, and what to do while that cannot be used, or while another server leads: what happens waits in a
 * spool, and is put into it afterwards, in its order and once.
 */
export interface PostgresStore extends Omit<ResilientStore, 'write'> {
  /** Who writes, from now on. */
  lead(lead: Lead): void;
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one state machine; its parts have files of their own
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { nowMs, postgres, path } = options;
  const emit = createEmit(options.onState);
  const startedAtMs = nowMs();
  let lead = NOT_KNOWN;
  let refusedFence = 0;
  const waiting = createWaiting(options, emit);
  let opened: OpenedStore | null = null;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  /** It was open in this process, and nothing was lost since. */
  let isContinued = false;
  let isCareful = false;
  /** It did not answer, or ended the connection, when it was last asked. */
  let isAway = false;
  /** As who leads: it is noted that not all that waited is in the database. */
  let isLate = false;
  let tookHandedAtMs = 0;
  /** As who leads: until then all of ours is in the database. */
  let wroteAtMs: number | null = null;
  const following = createFollowing(nowMs);

  function closeStore(): void {
    try {
      opened?.store.close();
    } catch {
      // It is unusable anyway.
    }
    opened = null;
  }

  function fail(error: unknown): void {
    closeStore();
    triedAtMs = nowMs();
    if (error instanceof PostgresError && error.code === FENCED) {
      emit.note(REFUSED);
      if (lead.kind === 'leads') refusedFence = lead.fence;
      follow({ kind: 'follows', isLed: true });
      return;
    }
    // What was refused of one record is found by trying them one by one, at once.
    isAway = !isOfValues(error);
    isCareful = isOfValues(error) && !isCareful;
    if (isCareful) triedAtMs = Number.NEGATIVE_INFINITY;
    if (waiting.isLost()) emit('broken', toNotKept(error));
    else emit('late', toLate(error, path === null));
  }

  function follow(next: Lead): void {
    if (lead.kind === 'leads') following.begin(isContinued && !waiting.isLost() ? wroteAtMs : null);
    lead = next;
    isContinued = false;
    triedAtMs = Number.NEGATIVE_INFINITY;
  }

  function open(): OpenedStore | null {
    if (opened !== null) return opened;
    const spool = waiting.open();
    if (lead.kind === 'apart') return null;
    // In a moment it is known who leads.
    if (lead === NOT_KNOWN && Math.abs(nowMs() - startedAtMs) < CONNECT_WITHIN_MS) return null;
    // A clock that was set back must not put it off.
    if (spool === null || Math.abs(nowMs() - triedAtMs) < RETRY_MS) return null;
    const connectWithinMs = isAway ? RECONNECT_WITHIN_MS : CONNECT_WITHIN_MS;
    triedAtMs = nowMs();
    try {
      const how = { ...options, ...postgres, isCareful, connectWithinMs, followedAtMs: following.atMs() };
      if (lead.kind === 'follows') opened = openPostgresReader(how);
      else {
        const { fence } = lead;
        const { isMerged, ...ours } = openPostgresStore({
          ...how,
          spool,
          leftUntilN: waiting.leftUntilN(),
          isContinued,
          fence,
        });
        opened = ours;
        isLate = true;
        isContinued = true;
        waiting.goOn();
        if (isMerged) options.onResume();
        if (spool.isEmpty()) emit('database', KEPT);
      }
      isAway = false;
    } catch (error) {
      fail(error);
    }
    return opened;
  }

  /** @returns whether they are in the database */
  function put(batches: readonly Batch[], atMs: number): boolean {
    const ours = open();
    const spool = waiting.spool();
    if (ours === null || spool === null || lead.kind !== 'leads') return false;
    try {
      if (!catchUp(ours.store, spool)) {
        emit('late', CATCHING_UP);
        return false;
      }
      ours.store.writeBatches(batches, atMs);
      if (isLate) endLate(ours.db);
      isLate = false;
      wroteAtMs = nowMs();
      emit('database', KEPT);
      const wasCareful = isCareful;
      takeFromOthers(ours, wasCareful);
      if (!wasCareful) return true;
      // From now on they need not be tried one by one.
      closeStore();
      isCareful = false;
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  }

  /** @param isOneByOne so that one that is refused is passed over, and the others are taken */
  function takeFromOthers({ db, store }: OpenedStore, isOneByOne: boolean): void {
    if (!isOneByOne && Math.abs(nowMs() - tookHandedAtMs) < TAKE_HANDED_MS) return;
    tookHandedAtMs = nowMs();
    try {
      takeHanded(db, store);
    } catch (error) {
      // What was written before is: only then is there a next time.
      fail(error);
    }
  }

  /** @returns whether they wait for the database */
  function keep(batches: readonly Batch[], atMs: number): boolean {
    const wasLost = waiting.isLost();
    if (waiting.add(batches, atMs)) return true;
    if (wasLost || waiting.spool() === null) return false;
    isContinued = false;
    following.lose();
    closeStore();
    emit('broken', FULL);
    return false;
  }

  /** While another one leads. */
  function look(): void {
    const theirs = open();
    const spool = waiting.spool();
    if (theirs === null || spool === null || lead.kind !== 'follows') return;
    try {
      following.look(theirs, spool);
      waiting.goOn();
      if (following.isLed(lead.isLed)) emit('database', FOLLOWS);
      else emit('late', NOBODY);
    } catch (error) {
      fail(error);
    }
  }

  return {
    lead(next) {
      if (isSameLead(lead, next) || (next.kind === 'leads' && next.fence <= refusedFence)) return;
      // Who is told so has another number than the one who was refused.
      const isOther = next.kind !== lead.kind || next.kind === 'leads';
      if (isOther) {
        closeStore();
        triedAtMs = Number.NEGATIVE_INFINITY;
        // Whoever is elected anew was not the leader between, either.
        if (next.kind !== 'leads' || lead.kind === 'leads') follow(next);
      }
      lead = next;
      open();
      if (next.kind === 'follows') look();
      if (next.kind === 'apart') emit('broken', APART);
    },
    writeBatches(batches, atMs) {
      if (lead.kind === 'leads' && put(batches, atMs)) return true;
      const isKept = keep(batches, atMs);
      look();
      return isKept;
    },
    takePast: () => false,
    ask(question) {
      // What waits is not in it: a status that lasts there may be over.
      if (opened === null || (lead.kind === 'leads' && waiting.spool()?.isEmpty() === false)) return null;
      const { db, store } = opened;
      try {
        if (lead.kind === 'leads') return store.ask(question);
        return db.atOneMoment(() => {
          store.refresh();
          return store.ask(question);
        });
      } catch (error) {
        if (error instanceof PostgresError && !OF_STATEMENT.test(error.code)) fail(error);
        return null;
      }
    },
    close() {
      closeStore();
      waiting.close();
    },
  };
}

/** What waits for the database, or for our turn. */
function createWaiting(options: PostgresStoreOptions, emit: ReturnType<typeof createEmit>) {
  const { path, nowMs } = options;
  let spool: Spool | null = null;
  let leftUntilN = 0;
  /** Some was lost: nothing waits until the database can be used. */
  let isLost = false;

  function open(): Spool | null {
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

  return {
    open,
    spool: () => spool,
    leftUntilN: () => leftUntilN,
    isLost: () => isLost,
    goOn() {
      isLost = false;
    },
    /** @returns false: some is lost */
    add(batches: readonly Batch[], atMs: number): boolean {
      if (open() === null || spool === null || isLost) return false;
      try {
        if (spool.add(batches, atMs)) return true;
      } catch {
        // Its disk is full, too.
      }
      isLost = true;
      leftUntilN = spool.lastN();
      return false;
    },
    close() {
      spool?.close();
      spool = null;
    },
  };
}

/** With what the process before us put into its pending file alone: of what is in both, what comes before was written long ago. */
function openSpoolWithLeft(path: string | null, nowMs: number, maxBytes: number | undefined): Spool {
  const spool = createSpool(path, nowMs, maxBytes);
  const written = path === null ? [] : readPendingFile(toPendingPath(path));
  const waits = new Map(written.map(({ source }) => [source, spool.lastSeqOf(source)]));
  const left = written.filter(({ source, seq }) => seq > (waits.get(source) ?? 0));
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
