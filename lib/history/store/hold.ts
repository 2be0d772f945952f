import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const HELD = "SELECT 1 FROM meta WHERE key = 'held'";

/**
 * Marks a new database whose past is still being written: until that is in it, or the first records are, it has nothing. A
 * process that ended before left it so, and it begins anew.
 *
 * @returns whether what that process had not written yet is nothing either
 */
export function holdDatabase(db: DatabaseSync, holds: boolean): boolean {
  if (!holds) {
    letGo(db);
    return false;
  }
  const isHeld = db.prepare(HELD).get() !== undefined;
  if (isHeld) db.exec('DELETE FROM meta');
  else if (db.prepare("SELECT 1 FROM meta WHERE key = 'alive'").get() !== undefined) return false;
  db.exec("INSERT INTO meta(key, value) VALUES ('held', 1)");
  return isHeld;
}

export function letGo(db: DatabaseSync): void {
  db.exec("DELETE FROM meta WHERE key = 'held'");
}

/** Is a history there, with anything in it? One that cannot be read is somebody's, too. */
export function hasHistory(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return db.prepare(HELD).get() === undefined;
    } finally {
      db.close();
    }
  } catch {
    return true;
  }
}
