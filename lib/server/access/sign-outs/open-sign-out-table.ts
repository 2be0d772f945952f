import { setTimeout as sleep } from 'node:timers/promises';
import type { SignOutFile } from './open-sign-out-file.ts';

/** What is asked of the database: a session with PostgreSQL that has our tables. */
export interface SignOutDatabase {
  query(text: string, values?: readonly (string | number)[]): Promise<Record<string, unknown>[]>;
}

/** All of it is read so often: what another server wrote may become visible after what it wrote later. */
const READ_ALL_MS = 60_000;
const MAX_READ = 20_000;
const ADD_WITHIN_MS = 2_000;

/**
 * The sessions that were signed out, in the database that all servers share: who signs out at one is out at all, within a
 * second or two, and after a restart. While it cannot be used, what is signed out here waits, and counts here at once.
 */
export function openSignOutTable(database: SignOutDatabase, { wallMs }: { wallMs(): number }): SignOutFile {
  const unwritten = new Map<string, number>();
  let lastN = 0;
  let readAllAtMs = Number.NEGATIVE_INFINITY;

  async function write(): Promise<void> {
    for (const [name, untilMs] of [...unwritten]) {
      await database.query(
        `INSERT INTO signed_out(name, until_ms) VALUES ($1, $2) ON CONFLICT(name) DO UPDATE
        SET until_ms = greatest(signed_out.until_ms, excluded.until_ms)`,
        [name, Math.round(untilMs)],
      );
      if (unwritten.get(name) === untilMs) unwritten.delete(name);
    }
  }

  async function read(): Promise<Map<string, number>> {
    const isAll = Math.abs(wallMs() - readAllAtMs) > READ_ALL_MS;
    const rows = await database.query(
      `SELECT n, name, until_ms FROM signed_out WHERE n > $1 AND until_ms > $2 ORDER BY n DESC LIMIT ${MAX_READ}`,
      [isAll ? 0 : lastN, Math.round(wallMs())],
    );
    if (isAll) {
      await database.query('DELETE FROM signed_out WHERE until_ms < $1', [Math.round(wallMs())]);
      readAllAtMs = wallMs();
    }
    lastN = Math.max(lastN, Number(rows[0]?.n ?? 0));
    return new Map(rows.map(({ name, until_ms }) => [String(name), Number(until_ms)]));
  }

  return {
    kept: new Map(),
    closedBeforeMs: null,
    async add(name, untilMs) {
      unwritten.set(name, untilMs);
      const written = write().catch(() => {});
      // Whoever signs out does not wait for a database that is away.
      await Promise.race([written, sleep(ADD_WITHIN_MS, undefined, { ref: false })]);
    },
    async refresh() {
      try {
        await write();
        return await read();
      } catch {
        // That the database is away is said elsewhere.
        return new Map();
      }
    },
  };
}

/** Both: the list of this folder is there while the database is not. */
export function joinSignOuts(file: SignOutFile, table: SignOutFile): SignOutFile {
  return {
    kept: file.kept,
    // What another process finds in that folder may close it later.
    get closedBeforeMs() {
      return file.closedBeforeMs;
    },
    async add(name, untilMs) {
      await Promise.all([file.add(name, untilMs), table.add(name, untilMs)]);
    },
    async refresh() {
      const [own, all] = await Promise.all([file.refresh(), table.refresh()]);
      return new Map([...own, ...all]);
    },
  };
}
