import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './schema.ts';

/** Of damaged files so many are kept; the oldest goes first. */
const KEPT_DAMAGED = 3;
const FILES = ['', '-wal', '-shm'];
/** Of the header: https://sqlite.org/fileformat.html#the_database_header */
const MAGIC = 'SQLite format 3\0';
const USER_VERSION_AT = 60;
/** No release of ours will ever have it. */
const IMPOSSIBLE_VERSION = 1_000;

export interface OpenedDatabase {
  db: DatabaseSync;
  /** Something that was there could not be read and was set aside, in a sentence; `null`: nothing was. */
  setAside: string | null;
}

/** A file that is whole and not ours to change, as a sentence goes on after its path. */
export class RefusedFileError extends Error {}

/**
 * Opens the history's database, or begins one, which nobody but us may read. A file that is damaged is renamed and kept,
 * a few of them; one of a newer version, or of another program, is left as it is. Exclusive: a second process that opens
 * it gets "database is locked".
 *
 * @param path `null`: in memory
 * @param isDamaged it was found to be damaged while it was used
 * @param migrations what its tables are made by, from the first version on
 * @throws RefusedFileError, or the error of node:sqlite or node:fs
 */
export function openDatabase(
  path: string | null,
  nowMs: number,
  isDamaged = false,
  migrations: readonly string[] = MIGRATIONS,
): OpenedDatabase {
  const prepare = (file: string) => prepareFile(file, migrations);
  if (path === null) return { db: prepare(':memory:'), setAside: null };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const setAside = isDamaged ? setFileAside(path, nowMs) : null;
  protect(path);
  // SQLite says of a file that it may only read that the disk reports errors.
  accessSync(path, constants.W_OK);
  try {
    refuseNewer(readVersion(path), migrations.length);
    return { db: prepare(path), setAside };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const why = setFileAside(path, nowMs);
    protect(path);
    return { db: prepare(path), setAside: why };
  }
}

/** Damaged files that were kept, oldest first: their names. */
export function listDamaged(path: string): string[] {
  const prefix = `${basename(path)}.corrupt-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && !FILES.some((end) => end !== '' && name.endsWith(end)))
    .sort();
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
export function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode ?? 0;
  return (code & 0xff) === 11 || (code & 0xff) === 26;
}

function prepareFile(path: string, migrations: readonly string[]): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    refuseNewer(user_version, migrations.length);
    if (user_version === 0 && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get())
      throw new RefusedFileError(
        'is a database of another program: move it away, or give VITALS_DATA another folder',
      );
    // Said of a file that has it, this would write.
    if (user_version === 0) db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    db.exec('PRAGMA journal_size_limit = 8388608; PRAGMA cache_size = -8000;');
    const [check] = db.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
    if (check && check.quick_check !== 'ok')
      throw Object.assign(new Error(check.quick_check), { errcode: 11 });
    // Only now: a damaged file is kept byte by byte.
    if (user_version < migrations.length) migrate(db, user_version, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: DatabaseSync, version: number, migrations: readonly string[]): void {
  db.exec('BEGIN IMMEDIATE');
  for (const step of migrations.slice(version)) db.exec(step);
  db.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
}

function refuseNewer(version: number, known: number): void {
  if (version >= IMPOSSIBLE_VERSION) throw Object.assign(new Error('no version'), { errcode: 11 });
  if (version > known)
    throw new RefusedFileError(
      'was written by a newer Swarm Vitals: start that version again, or move the file away to begin a new history',
    );
}

/** Read from the bytes: to open the database would already change what lies beside it. */
function readVersion(path: string): number {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(USER_VERSION_AT + 4);
    readSync(file, header, 0, header.length, 0);
    return header.toString('latin1', 0, MAGIC.length) === MAGIC ? header.readUInt32BE(USER_VERSION_AT) : 0;
  } finally {
    closeSync(file);
  }
}

/** What probes wrote is nobody else's business; SQLite gives the files beside it the same mode. */
function protect(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
  for (const end of FILES) {
    try {
      const { mode } = lstatSync(path + end);
      if ((mode & 0o077) !== 0) chmodSync(path + end, mode & 0o700);
    } catch {
      // It is not there, or somebody else's: whether it can be used is found out by using it.
    }
  }
}

/** @returns what happened, in a sentence */
function setFileAside(path: string, nowMs: number): string {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new RefusedFileError(
      'is a link to a file that is damaged or no history: correct it, or remove the link',
    );
  const aside = `${path}.corrupt-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const end of FILES) if (existsSync(path + end)) renameSync(path + end, aside + end);
  const damaged = listDamaged(path);
  const removed = damaged.slice(0, Math.max(0, damaged.length - KEPT_DAMAGED));
  for (const name of removed)
    for (const end of FILES) rmSync(join(dirname(path), name + end), { force: true });
  const others = removed.length > 0 ? ` The oldest that was kept so is removed (${removed.join(', ')}).` : '';
  return `${path} is damaged: it was renamed to ${aside} and a new history begun.${others}`;
}
