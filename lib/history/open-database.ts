import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS, SCHEMA_VERSION } from './schema.ts';

export interface OpenedDatabase {
  db: DatabaseSync;
  /** Something that was there could not be read and was set aside, in a sentence; `null`: nothing was. */
  setAside: string | null;
}

/**
 * Opens the history's database, or begins one. A file that is damaged, or of a newer version than ours, is renamed and
 * kept. Exclusive: a second process that opens it gets "database is locked".
 *
 * @param path `null`: in memory
 * @throws the error of node:sqlite or node:fs
 */
export function openDatabase(path: string | null, nowMs: number): OpenedDatabase {
  if (path === null) return { db: prepare(':memory:'), setAside: null };
  mkdirSync(dirname(path), { recursive: true });
  try {
    return { db: prepare(path), setAside: null };
  } catch (error) {
    const why = toDamage(error);
    if (why === null) throw error;
    const aside = `${path}.${error instanceof NewerSchemaError ? 'newer' : 'damaged'}-${nowMs}`;
    for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, aside + end);
    return {
      db: prepare(path),
      setAside: `${path} ${why}: it was renamed to ${aside} and a new history begun.`,
    };
  }
}

class NewerSchemaError extends Error {}

function prepare(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;');
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 8388608; PRAGMA cache_size = -8000;');
    const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (user_version > SCHEMA_VERSION) throw new NewerSchemaError();
    db.exec('BEGIN IMMEDIATE');
    for (const step of MIGRATIONS.slice(user_version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
    const [check] = db.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
    if (check && check.quick_check !== 'ok')
      throw Object.assign(new Error(check.quick_check), { errcode: 11 });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB; `null`: no damage, something else. */
function toDamage(error: unknown): string | null {
  if (error instanceof NewerSchemaError) return 'was written by a newer version of Swarm Vitals';
  const code = (error as { errcode?: number }).errcode ?? 0;
  return (code & 0xff) === 11 || (code & 0xff) === 26 ? 'is damaged' : null;
}
