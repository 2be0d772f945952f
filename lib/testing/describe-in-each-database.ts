import { afterAll, beforeAll, describe } from 'vitest';
import { createLink } from '#lib/history/postgres/create-link.ts';
import { createPostgresDatabase } from '#lib/history/postgres/create-postgres-database.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
import {
  createStore,
  createStoreIn,
  type Store,
  type StoreOptions,
} from '#lib/history/store/create-store.ts';
import { CONNECTION_FILE, findPostgres, startPostgres, type TestPostgres } from './start-postgres.ts';

type CreateStore = (
  options: Pick<StoreOptions, 'path' | 'maxAgeDays' | 'maxBytes' | 'nowMs' | 'steadyMs'>,
) => Store;

let createCurrent: CreateStore = createStore;

/** In the database that the test is in: the same path is the same database, `null` one of its own. */
export const createTestStore: CreateStore = (options) => createCurrent(options);

/** The contract of a history: the same tests, in SQLite and in PostgreSQL. */
export function describeInEachDatabase(tests: () => void): void {
  describe('in SQLite', () => tests());
  const bin = findPostgres();
  describe.skipIf(bin === null)('in PostgreSQL', { timeout: 180_000 }, () => {
    let postgres: TestPostgres | null = null;
    let stores: ReturnType<typeof createPostgresStores> | null = null;
    beforeAll(async () => {
      postgres = await startPostgres(bin ?? '');
      stores = createPostgresStores(postgres.address);
      createCurrent = stores.createStore;
    }, 180_000);
    afterAll(async () => {
      createCurrent = createStore;
      stores?.close();
      await postgres?.stop();
    }, 60_000);
    tests();
  });
}

/** Each path is a database of its own, made when it is first named. */
function createPostgresStores(address: PostgresAddress): { createStore: CreateStore; close(): void } {
  const link = createLink(CONNECTION_FILE, address, 60_000);
  const byPath = new Map<string, PostgresAddress>();
  let count = 0;

  function create(): PostgresAddress {
    count += 1;
    const database = `contract_${count}`;
    link.run([{ text: `CREATE DATABASE ${database}`, values: [], isArrays: false, isScript: true }], 60_000);
    return { ...address, database };
  }

  return {
    createStore({ path, ...options }) {
      const where = (path === null ? undefined : byPath.get(path)) ?? create();
      if (path !== null) byPath.set(path, where);
      const kept = { ...options, address: where, connectionFile: CONNECTION_FILE, connectWithinMs: 60_000 };
      return createStoreIn(createPostgresDatabase({ ...kept, nowMs: () => options.nowMs }), [], options);
    },
    close: link.close,
  };
}
