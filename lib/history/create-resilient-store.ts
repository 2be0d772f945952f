import { statSync } from 'node:fs';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { describeStoreProblem } from './describe-store-problem.ts';
import type { Answer, Ask, QuestionKind } from './question.ts';
import type { HistoryRecord } from './record.ts';
import { createStore, type FileStore, type StoreOptions } from './store/create-store.ts';
import { isDamage, listDamaged } from './store/open-database.ts';
import type { Batch } from './thread-message.ts';

const RETRY_MS = 5_000;

export interface ResilientStoreOptions extends Omit<StoreOptions, 'nowMs' | 'isDamaged'> {
  nowMs(): number;
  /** The state changed; `note` is for the log. */
  onState(state: HistoryState, note: string | null): void;
}

/**
 * The store, and what to do when it fails: then the history is lost until the disk can be used again, and that is
 * tried every few seconds.
 */
export interface ResilientStore {
  /** @returns false when it was lost */
  write(records: readonly HistoryRecord[], nowMs: number): boolean;
  /** The same, without those that it has already. */
  writeBatches(batches: readonly Batch[], nowMs: number): boolean;
  /**
   * Begins anew with what the database in this file holds, where nothing was kept before.
   *
   * @returns whether it did
   */
  takePast(pastFile: string): boolean;
  /** `null`: it cannot be read now. */
  ask<K extends QuestionKind>(question: Ask<K>): Answer<K> | null;
  close(): void;
}

export function createResilientStore(options: ResilientStoreOptions): ResilientStore {
  const { path } = options;
  let store: FileStore | null = null;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let emitted = '';
  let isDamaged = false;
  /** The file that is open, whatever lies at its path now. */
  let openedFile = '';

  function emit(state: HistoryState, note: string | null): void {
    if (state.sentence === emitted && note === null) return;
    emitted = state.sentence;
    options.onState(state, note);
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
    if (isDamage(error)) isDamaged = true;
    closeStore();
    triedAtMs = options.nowMs();
    emit({ kind: 'broken', sentence: describeStoreProblem(error, path ?? 'memory') }, null);
  }

  /** What is written to a file that has no name any more is lost at our end. */
  function checkFile(): void {
    if (store === null || path === null || findFile(path) === openedFile) return;
    closeStore();
    triedAtMs = Number.NEGATIVE_INFINITY;
    const sentence = `The history is begun anew: ${path} was removed or replaced while it was used.`;
    emit({ kind: 'broken', sentence }, null);
  }

  function open(): FileStore | null {
    checkFile();
    if (store) return store;
    const nowMs = options.nowMs();
    // A clock that was set back must not put it off.
    if (Math.abs(nowMs - triedAtMs) < RETRY_MS) return null;
    triedAtMs = nowMs;
    try {
      store = createStore({ ...options, nowMs, isDamaged });
      store.write([], nowMs);
      isDamaged = false;
      openedFile = path === null ? '' : findFile(path);
      emit(toGoodState(path), store.setAside);
    } catch (error) {
      fail(error);
    }
    return store;
  }

  open();

  function attempt(act: (store: FileStore) => void): boolean {
    const opened = open();
    if (!opened) return false;
    try {
      act(opened);
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  }

  return {
    write: (records, nowMs) => attempt((opened) => opened.write(records, nowMs)),
    writeBatches: (batches, nowMs) => attempt((opened) => opened.writeBatches(batches, nowMs)),
    takePast(pastFile) {
      const opened = open();
      if (opened === null || opened.ask({ kind: 'baseline' }).aliveMs !== null) return false;
      closeStore();
      try {
        store = createStore({ ...options, nowMs: options.nowMs(), isDamaged, pastFile });
        return true;
      } catch {
        // It goes on without.
        triedAtMs = Number.NEGATIVE_INFINITY;
        open();
        return false;
      }
    },
    ask(question) {
      const opened = open();
      if (!opened) return null;
      try {
        return opened.ask(question);
      } catch (error) {
        // What one row holds is no reason to give up all others.
        if ((error as { errcode?: number }).errcode !== undefined) fail(error);
        return null;
      }
    },
    close() {
      store?.close();
      store = null;
    },
  };
}

function toGoodState(path: string | null): HistoryState {
  if (path !== null) {
    const damaged = listDamaged(path);
    const beside =
      damaged.length === 0
        ? ''
        : ` Of a time before, ${damaged.join(', ')} beside it was damaged and is kept: look at the disk, then remove it.`;
    return { kind: 'disk', sentence: `The history is kept in ${path}.${beside}` };
  }
  return {
    kind: 'memory',
    sentence: 'The history is kept in memory: a restart forgets it. Set VITALS_DATA to a folder to keep it.',
  };
}

/** Which file lies at this path; empty when none does. */
function findFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : '';
}
