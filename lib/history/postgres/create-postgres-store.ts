import type { ResilientStore, ResilientStoreOptions } from '#lib/history/create-resilient-store.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import { createEmit } from './create-emit.ts';
import { createFollowing } from './create-following.ts';
import { PostgresError } from './create-link.ts';
import { createOpening } from './create-opening.ts';
import { createWaiting } from './create-waiting.ts';
import { createWriting } from './create-writing.ts';
import type { Lead } from './lead.ts';
import type { PostgresSettings } from './message.ts';
import type { OpenedStore } from './open-postgres-store.ts';
import { APART, CATCHING_UP, FOLLOWS, FULL, KEPT, NOBODY } from './sentences.ts';

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

export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { nowMs } = options;
  const emit = createEmit(options.onState);
  const waiting = createWaiting(options, emit);
  const following = createFollowing(nowMs);
  const writing = createWriting(nowMs);
  const opening = createOpening(options, { emit, waiting, following, writing });

  /** @returns whether they are in the database */
  function put(batches: readonly Batch[], atMs: number): boolean {
    const opened = opening.open();
    const spool = waiting.spool();
    if (opened === null || spool === null || opening.lead().kind !== 'leads') return false;
    try {
      if (!writing.write(opened, spool, batches, atMs)) {
        emit('late', CATCHING_UP);
        return false;
      }
      emit('database', KEPT);
      const wasCareful = opening.isCareful();
      takeHanded(opened, wasCareful);
      // From now on they need not be tried one by one.
      if (wasCareful) opening.endCare();
      return true;
    } catch (error) {
      opening.fail(error);
      return false;
    }
  }

  function takeHanded(opened: OpenedStore, isOneByOne: boolean): void {
    try {
      writing.takeHanded(opened, isOneByOne);
    } catch (error) {
      // What was written before is: only then is there a next time.
      opening.fail(error);
    }
  }

  /** @returns whether they wait for the database */
  function keep(batches: readonly Batch[], atMs: number): boolean {
    const wasLost = waiting.isLost();
    if (waiting.add(batches, atMs)) return true;
    if (wasLost || waiting.spool() === null) return false;
    opening.lose();
    emit('broken', FULL);
    return false;
  }

  /** While another one leads. */
  function look(): void {
    const theirs = opening.open();
    const spool = waiting.spool();
    const lead = opening.lead();
    if (theirs === null || spool === null || lead.kind !== 'follows') return;
    try {
      following.look(theirs, spool);
      waiting.goOn();
      if (following.isLed(lead.isLed)) emit('database', FOLLOWS);
      else emit('late', NOBODY);
    } catch (error) {
      opening.fail(error);
    }
  }

  return {
    lead(next) {
      if (!opening.turn(next)) return;
      opening.open();
      if (next.kind === 'follows') look();
      if (next.kind === 'apart') emit('broken', APART);
    },
    writeBatches(batches, atMs) {
      if (opening.lead().kind === 'leads' && put(batches, atMs)) return true;
      const isKept = keep(batches, atMs);
      look();
      return isKept;
    },
    takePast: () => false,
    ask(question) {
      const opened = opening.opened();
      const leads = opening.lead().kind === 'leads';
      // What waits is not in it: a status that lasts there may be over. Who was killed, and is not known to lead yet, is not followed by
      // one who saw the same until that one is seen to write.
      const isAhead = leads || (question.kind === 'baseline' && following.atMs() === null);
      if (opened === null || (isAhead && waiting.spool()?.isEmpty() === false)) return null;
      const { db, store } = opened;
      try {
        if (leads) return store.ask(question);
        return db.atOneMoment(() => {
          store.refresh();
          return store.ask(question);
        });
      } catch (error) {
        if (error instanceof PostgresError && !OF_STATEMENT.test(error.code)) opening.fail(error);
        return null;
      }
    },
    close() {
      opening.close();
      waiting.close();
    },
  };
}
