import {
  fromRows,
  SILENCE_SQL,
  toEndValues,
  toListValues,
  toPruneValues,
  toPutValues,
} from '#lib/history/silences/silence-store.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import type { Database } from './database.ts';

/** Silences in the database of the history. */
export interface SilenceTable {
  list(nowMs: number): Silence[];
  put(silence: Silence, nowMs: number): boolean;
  end(silence: Silence, nowMs: number): boolean;
  /** Until when their ends were told; where a time is given, from now on that. `null`: never noted. */
  told(untilMs: number | null): number | null;
}

export function createSilenceTable(db: Database): SilenceTable {
  const list = db.prepare(SILENCE_SQL.list);
  const put = db.prepare(SILENCE_SQL.put);
  const has = db.prepare(SILENCE_SQL.has);
  const end = db.prepare(SILENCE_SQL.end);
  const prune = db.prepare(SILENCE_SQL.prune);
  const readTold = db.prepare("SELECT value FROM meta WHERE key = 'silences-told'");
  const noteTold = db.prepare(
    "INSERT INTO meta(key, value) VALUES ('silences-told', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  );
  return {
    told(untilMs) {
      if (untilMs !== null) noteTold.run(untilMs);
      const value = readTold.get()?.value;
      return value == null ? null : Number(value);
    },
    list: (nowMs) => fromRows(list.all(...toListValues(nowMs))),
    put(silence, nowMs) {
      prune.all(...toPruneValues(nowMs));
      return put.all(...toPutValues(silence, nowMs)).length > 0 || has.get(silence.id) !== undefined;
    },
    end: (silence, nowMs) => end.all(...toEndValues(silence, nowMs)).length > 0,
  };
}
