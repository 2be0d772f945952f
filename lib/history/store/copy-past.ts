import type { DatabaseSync } from 'node:sqlite';
import { letGo } from './hold.ts';

/**
 * Fills a database that has nothing yet with all that another of this version holds, or with nothing where that fails.
 *
 * @param file the other one, whole and used by nobody
 * @throws the error of node:sqlite
 */
export function copyPast(db: DatabaseSync, file: string): void {
  db.prepare('ATTACH DATABASE ? AS past').run(file);
  try {
    const tables = db
      .prepare("SELECT name FROM past.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    db.exec('BEGIN IMMEDIATE');
    for (const { name } of tables)
      db.exec(`INSERT OR REPLACE INTO main."${name}" SELECT * FROM past."${name}"`);
    letGo(db);
    db.exec('COMMIT');
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
    db.exec('DETACH DATABASE past');
  }
}
