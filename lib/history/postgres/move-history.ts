import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { describeStoreProblem } from '#lib/history/describe-store-problem.ts';
import { createStore } from '#lib/history/store/create-store.ts';
import type { Database } from '#lib/history/store/database.ts';
import { openDatabase } from '#lib/history/store/open-database.ts';
import { createPostgresDatabase } from './create-postgres-database.ts';
import { describePostgresProblem } from './describe-postgres-problem.ts';
import type { PostgresSettings } from './message.ts';
import { SCHEMA } from './schema.ts';

/** Rows that go together; all in one transaction. */
const ROWS = 200;
const SAID_EVERY = 50_000;
const CONNECT_WITHIN_MS = 10_000;

/** What has rows, and whether they are numbered by the database. */
const TABLES: readonly (readonly [name: string, isNumbered: boolean])[] = [
  ['meta', false],
  ['services', false],
  ['nodes', false],
  ['tasks', true],
  ['outputs', true],
  ['journal', true],
  ['probes', false],
  ['usage_journal', true],
  ['usage', false],
  ['spans', true],
  ['events', false],
  ['ports', true],
  ['incidents', true],
  ['tally_weeks', false],
  ['tally_now', false],
  ['probe_parts', false],
  ['probe_days', false],
  ['end_days', false],
  ['runs', true],
  ['silences', false],
];

export interface MoveOptions {
  /** The history's file. */
  path: string;
  postgres: PostgresSettings;
  maxAgeDays: number;
  nowMs: number;
  /** How far it is, in a line. */
  say(text: string): void;
}

/** Why a history is not moved, in a sentence; nothing has changed then. */
export class MoveRefusedError extends Error {}

/**
 * Copies a history from its file into PostgreSQL, all of it or nothing; the file stays as it is. To be done while no server
 * uses either. One that is there already is not copied again.
 *
 * @returns what was done, in a sentence
 * @throws MoveRefusedError
 */
export function moveHistory(options: MoveOptions): string {
  const { path, postgres, nowMs, maxAgeDays } = options;
  if (!existsSync(path)) throw new MoveRefusedError(`There is no history at ${path}.`);
  const file = openFile(path, nowMs, maxAgeDays);
  try {
    const db = openPostgres({
      ...postgres,
      maxAgeDays,
      nowMs: () => nowMs,
      connectWithinMs: CONNECT_WITHIN_MS,
    });
    try {
      return copyInto(db, file, options);
    } finally {
      db.close();
    }
  } finally {
    file.close();
  }
}

function openFile(path: string, nowMs: number, maxAgeDays: number): DatabaseSync {
  try {
    // What lies beside it is put into it, and what lasted has its end.
    createStore({ path, nowMs, maxAgeDays, maxBytes: Number.POSITIVE_INFINITY }).close();
    return openDatabase(path, nowMs).db;
  } catch (error) {
    const said = describeStoreProblem(error, path).replace('The history is not kept now: ', '');
    throw new MoveRefusedError(
      isUsed(error)
        ? `The history was not moved: ${path} is used by a Swarm Vitals that runs. End that first.`
        : `The history was not moved: ${said.split('The live view')[0]?.trim()}`,
    );
  }
}

/** SQLITE_BUSY, SQLITE_LOCKED. */
const isUsed = (error: unknown) => [5, 6].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);

function openPostgres(options: Parameters<typeof createPostgresDatabase>[0]): Database {
  try {
    return createPostgresDatabase(options);
  } catch (error) {
    throw new MoveRefusedError(
      `The history was not moved: PostgreSQL cannot be used (${describePostgresProblem(error)}).`,
    );
  }
}

function copyInto(db: Database, file: DatabaseSync, { path, say, nowMs }: MoveOptions): string {
  const moved = db.prepare("SELECT value FROM meta WHERE key = 'moved'").get();
  if (moved !== undefined) return 'The history was moved before: nothing is left to do.';
  for (const table of ['tasks', 'events', 'services', 'spans', 'meta'])
    if (db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined)
      throw new MoveRefusedError(
        `The history was not moved: PostgreSQL has one already. Name an empty database in VITALS_DATABASE_URL, or remove the schema ${SCHEMA} from that one.`,
      );
  let table = '';
  let rows = 0;
  try {
    db.transact(() => {
      for (const [name, isNumbered] of TABLES) {
        table = name;
        rows += copyTable(db, file, name, say);
        if (isNumbered) db.prepare(toNumbering(name)).all();
      }
      db.prepare("INSERT INTO meta(key, value) VALUES ('moved', ?)").run(nowMs);
      say('Everything is there; it is made to last …');
    });
  } catch (error) {
    throw new MoveRefusedError(
      `The history was not moved, and PostgreSQL is as it was: ${table} could not be written (${describePostgresProblem(error)}).`,
    );
  }
  return `The history was moved: ${rows} rows. ${path} is as it was, and used no more while VITALS_DATABASE_URL is set.`;
}

/** New rows come after those that were copied. */
function toNumbering(name: string): string {
  return `SELECT setval(pg_get_serial_sequence('${SCHEMA}.${name}', 'n'), coalesce(max(n), 0) + 1, false) FROM ${name}`;
}

/** @returns how many rows it has */
function copyTable(db: Database, file: DatabaseSync, name: string, say: (text: string) => void): number {
  const total = Number(file.prepare(`SELECT count(*) AS count FROM ${name}`).get()?.count ?? 0);
  const columns = file
    .prepare(`SELECT name FROM pragma_table_info('${name}')`)
    .all()
    .map((row) => String(row.name));
  const places = `(${columns.map(() => '?').join(', ')})`;
  const toInsert = (count: number) =>
    db.prepare(`INSERT INTO ${name}(${columns.join(', ')}) VALUES ${Array(count).fill(places).join(', ')}`);
  const insert = toInsert(ROWS);
  let waiting: Record<string, string | number | bigint | Uint8Array | null>[] = [];
  let copied = 0;

  const send = (statement: ReturnType<typeof toInsert>) => {
    // Waited for, so that what is on its way is never more than this.
    statement.all(...waiting.flatMap((row) => columns.map((column) => row[column] ?? null)));
    const isNews = Math.floor(copied / SAID_EVERY) < Math.floor((copied + waiting.length) / SAID_EVERY);
    copied += waiting.length;
    waiting = [];
    if (isNews) say(`${name}: ${copied} of ${total}`);
  };

  for (const row of file.prepare(`SELECT * FROM ${name}`).iterate()) {
    if (name === 'probes' || name === 'usage') db.prepareBlocks(name, Number(row.from_ms));
    waiting.push(row);
    if (waiting.length === ROWS) send(insert);
  }
  if (waiting.length > 0) send(toInsert(waiting.length));
  if (total > 0) say(`${name}: ${total}, all`);
  return copied;
}
