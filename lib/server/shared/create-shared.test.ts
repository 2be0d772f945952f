import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '#lib/testing/start-postgres.ts';
import { createShared } from './create-shared.ts';

const LOCKS = `SELECT pid FROM pg_locks WHERE locktype = 'advisory'`;
const WAIT = { timeout: 60_000 };
const bin = findPostgres();
let postgres: TestPostgres;

describe.skipIf(bin === null)('what several servers share', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(() => postgres?.stop(), 60_000);

  test('who leads is found out in a session of its own, which waits for no other question', async () => {
    const shared = createShared(await postgres.create(), true, () => {});
    shared.leadership.setSwarm(() => 'shop');
    await expect.poll(() => shared.leadership.lead().kind, WAIT).toBe('leads');
    const [mine] = await shared.session.query('SELECT pg_backend_pid() AS pid');
    const holders = await postgres.query(LOCKS);
    expect(holders.map(({ pid }) => pid)).not.toContain(mine?.pid);
    expect(holders).toHaveLength(1);
    await shared.close();
    await expect.poll(() => postgres.query(LOCKS), WAIT).toEqual([]);
  });
});
