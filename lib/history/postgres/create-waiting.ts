import { describeStoreProblem } from '#lib/history/describe-store-problem.ts';
import { readPendingFile, toPendingPath } from '#lib/history/pending-file.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import type { Emit } from './create-emit.ts';
import { createSpool, type Spool } from './create-spool.ts';

/** What waits for the database, or for our turn. */
export interface Waiting {
  /** `null`: it cannot be opened, which is said. */
  open(): Spool | null;
  /** `null`: it is not open. */
  spool(): Spool | null;
  /** What waits until there is of a process before us, or of before some was lost. */
  leftUntilN(): number;
  /** Some was lost: nothing waits until the database can be used. */
  isLost(): boolean;
  /** The database can be used: what happens from now on may wait again. */
  goOn(): void;
  /** @returns false: some is lost */
  add(batches: readonly Batch[], atMs: number): boolean;
  close(): void;
}

interface WaitingOptions {
  /** The file of the spool; `null`: it is in memory. */
  path: string | null;
  /** What may wait there. */
  spoolBytes?: number | undefined;
  nowMs(): number;
}

export function createWaiting({ path, nowMs, spoolBytes }: WaitingOptions, emit: Emit): Waiting {
  let spool: Spool | null = null;
  let leftUntilN = 0;
  let isLost = false;

  function open(): Spool | null {
    if (spool !== null) return spool;
    try {
      spool = openSpoolWithLeft(path, nowMs(), spoolBytes);
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
    add(batches, atMs) {
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
