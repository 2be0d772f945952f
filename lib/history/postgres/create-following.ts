import { PostgresError } from './create-link.ts';
import { NEWER } from './create-postgres-database.ts';
import type { Spool } from './create-spool.ts';
import { handIn } from './handed.ts';
import type { OpenedStore } from './open-postgres-store.ts';
import { READ_VERSION, SCHEMA_VERSION } from './schema.ts';

/** What is so old, whoever leads has written or does not have. */
const WRITTEN_MS = 60_000;
/** What was seen so long before the leader was seen to write is in what it wrote, or it does not have it. */
const MARGIN_MS = 30_000;
/** A leader writes every two seconds; another one is found within ten. */
const LED_MS = 15_000;
const HAND_IN_MS = 10_000;
const PIECE_CHARS = 1_000_000;
/** Of one look; what is left comes with the next. */
const PIECES = 4;

/** A server that another one leads: how far that one came, and what of ours it has. */
export interface Following {
  /** Our clock: when the leader was last seen to have written; `null`: it was not, or we lost something since. */
  atMs(): number | null;
  /** Somebody writes; @param isLed who leads and did not have the time to write yet is taken to */
  isLed(isLed: boolean): boolean;
  /** We led until now. @param wroteAtMs our clock: until then all of ours is there; `null`: we missed something */
  begin(wroteAtMs: number | null): void;
  /** Something of ours was lost. */
  lose(): void;
  /** @throws PostgresError, or the error of node:sqlite */
  look(opened: OpenedStore, spool: Spool): void;
}

export function createFollowing(nowMs: () => number): Following {
  let alive: unknown;
  let followedAtMs: number | null = null;
  let handedAtMs = 0;
  /** When its sign was last another one, or we began to look. */
  let changedAtMs: number | null = null;

  return {
    atMs: () => followedAtMs,
    isLed(isLed) {
      const atMs = isLed ? changedAtMs : followedAtMs;
      return atMs !== null && Math.abs(nowMs() - atMs) < LED_MS;
    },
    begin(wroteAtMs) {
      followedAtMs = wroteAtMs;
      // The sign that is there may be our own: only one that comes after it is another one's.
      alive = undefined;
      changedAtMs = nowMs();
    },
    lose() {
      followedAtMs = null;
    },
    look({ db, store }, spool) {
      const [rows = [], [versions] = []] = db.allOfEach([
        [db.prepare("SELECT key, value FROM meta WHERE key IN ('alive', 'late')")],
        [db.prepare(READ_VERSION)],
      ]);
      // One that was opened while another one brought the tables to its version reads what it does not know.
      if (Number(versions?.version) > SCHEMA_VERSION) throw new PostgresError(NEWER, 'a newer version');
      const now = rows.find(({ key }) => key === 'alive')?.value;
      // While it puts in what is old, what is new waits there: only ours may be left of it.
      const isLate = rows.some(({ key }) => key === 'late');
      if (alive !== undefined && now !== alive && !isLate) followedAtMs = nowMs();
      if (changedAtMs === null || now !== alive) changedAtMs = nowMs();
      alive = now;
      if (followedAtMs === null || Math.abs(nowMs() - handedAtMs) < HAND_IN_MS) return;
      handedAtMs = nowMs();
      const untilN = spool.lastNUntil(Math.min(nowMs() - WRITTEN_MS, followedAtMs - MARGIN_MS));
      for (let pieces = 0; pieces < PIECES; pieces += 1) {
        const piece = spool.read(PIECE_CHARS, untilN);
        if (piece === null) return;
        const batches = piece.batches.filter((batch) => batch.source !== null);
        handIn(db, store, batches, nowMs());
        spool.remove(piece.lastN);
      }
    },
  };
}
