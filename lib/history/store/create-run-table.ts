import type { Window } from '#lib/history/question.ts';
import type { Database } from './database.ts';

/** What lives writes every few seconds: after a longer silence (a machine that slept) nobody looked in between. */
const SILENT_MS = 30_000;
const RUNS = 1_000;

/** When the swarm was looked at, and so something is known of it: from the first picture of a process to its last write. */
export interface RunTable {
  begin(atMs: number): void;
  /** It still looks. */
  extend(atMs: number): void;
  /** Goes on with the newest of the process before us, whose last records come now. */
  resume(): void;
  /** Until the next one begins, nobody looks. */
  pause(): void;
  /** Oldest first; the newest when there are too many. */
  read(window: Window): Window[];
  /** The beginning of the oldest; `null`: there is none. */
  oldestMs(): number | null;
}

export function createRunTable(db: Database): RunTable {
  const add = db.prepare('INSERT INTO runs(from_ms, until_ms) VALUES (?, ?) RETURNING n');
  const put = db.prepare('UPDATE runs SET until_ms = ? WHERE n = ?');
  const last = db.prepare('SELECT n, until_ms FROM runs ORDER BY n DESC LIMIT 1');
  const first = db.prepare('SELECT min(from_ms) AS at FROM runs');
  const list = db.prepare(
    `SELECT from_ms, until_ms FROM runs WHERE until_ms >= ? AND from_ms <= ? ORDER BY n DESC LIMIT ${RUNS}`,
  );
  let open: { n: number; untilMs: number } | null = null;

  function begin(atMs: number): void {
    open = { n: Number(add.get(atMs, atMs)?.n), untilMs: atMs };
  }

  return {
    begin,
    extend(atMs) {
      if (open === null) return;
      // So far back only a clock goes that was ahead until now.
      if (Math.abs(atMs - open.untilMs) > SILENT_MS) return begin(atMs);
      if (atMs <= open.untilMs) return;
      open.untilMs = atMs;
      put.run(atMs, open.n);
    },
    resume() {
      const row = last.get();
      open = row === undefined ? null : { n: Number(row.n), untilMs: Number(row.until_ms) };
    },
    pause() {
      open = null;
    },
    read({ fromMs, untilMs }) {
      return list
        .all(fromMs, untilMs)
        .map((row) => ({ fromMs: Number(row.from_ms), untilMs: Number(row.until_ms) }))
        .sort((a, b) => a.fromMs - b.fromMs);
    },
    oldestMs() {
      const at = first.get()?.at;
      return at == null ? null : Number(at);
    },
  };
}
