import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createSqliteDatabase } from '#lib/history/store/create-sqlite-database.ts';
import { createFollowing } from './create-following.ts';
import type { Spool } from './create-spool.ts';
import type { OpenedStore } from './open-postgres-store.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

test('a server that reads on while a newer one brings the tables to its version stops, and says why', () => {
  const file = new DatabaseSync(':memory:');
  file.exec(`ATTACH ':memory:' AS ${SCHEMA}; CREATE TABLE ${SCHEMA}.version(version);
    INSERT INTO ${SCHEMA}.version VALUES (${SCHEMA_VERSION}); CREATE TABLE meta(key, value)`);
  const opened = { db: createSqliteDatabase(file) } as OpenedStore;
  const following = createFollowing(() => 1_000);
  const look = () => following.look(opened, {} as Spool);
  expect(look).not.toThrow();
  file.exec(`UPDATE ${SCHEMA}.version SET version = ${SCHEMA_VERSION + 1}`);
  expect(look).toThrow(expect.objectContaining({ code: 'newer' }));
});
