import { parseRecords } from '#lib/history/pending-file.ts';
import type { ProbeRecord } from '#lib/history/record.ts';
import type { Store } from '#lib/history/store/create-store.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { Batch } from '#lib/history/thread-message.ts';

/** Probes in a row of the table. */
const TOGETHER = 500;
const ROWS = 20;

/**
 * What followers read and whoever leads did not, as where only one of them reaches an engine: they hand it in, and the leader
 * puts it into the history.
 */
export function handIn(db: Database, store: Store, batches: readonly Batch[], nowMs: number): void {
  const missing = db.atOneMoment(() => {
    store.refresh();
    return batches.flatMap((batch) => listProbes(batch).filter((probe) => !store.hasProbe(probe)));
  });
  const add = db.prepare('INSERT INTO handed(at_ms, records) VALUES (?, ?)');
  for (let at = 0; at < missing.length; at += TOGETHER)
    add.run(nowMs, JSON.stringify(missing.slice(at, at + TOGETHER)));
}

function listProbes(batch: Batch): ({ kind: 'probe' } & ProbeRecord)[] {
  return parseRecords(batch).filter((record) => record?.kind === 'probe');
}

/** For who leads. */
export function takeHanded(db: Database, store: Store): void {
  const rows = db.prepare(`SELECT n, at_ms, records FROM handed ORDER BY n LIMIT ${ROWS}`).all();
  const last = rows.at(-1);
  if (last === undefined) return;
  const batches = rows.map(({ at_ms, records }) => ({
    ...{ source: '', seq: 0 },
    ...{ atMs: Number(at_ms), records: String(records) },
  }));
  const remove = db.prepare('DELETE FROM handed WHERE n <= ?');
  store.mergeBatches(
    batches,
    () => false,
    () => void remove.run(last.n ?? null),
  );
}
