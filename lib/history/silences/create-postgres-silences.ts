import { describePostgresProblem } from '#lib/history/postgres/describe-postgres-problem.ts';
import { toPostgres } from '#lib/history/postgres/to-postgres.ts';
import type { SqlRow, SqlValue } from '#lib/history/store/database.ts';
import {
  fromRows,
  SILENCE_SQL,
  type SilenceStore,
  StoreAway,
  toEndValues,
  toListValues,
  toPruneValues,
  toPutValues,
} from './silence-store.ts';

type Name = keyof typeof SILENCE_SQL;

/**
 * Silences in the PostgreSQL that all servers share: what one of them was asked for, each has a moment later.
 *
 * @param refuse why this database is not ours to use; `null`: it is
 */
export function createPostgresSilences(
  session: { query(text: string, values?: readonly SqlValue[]): Promise<SqlRow[]> },
  refuse: () => string | null,
): SilenceStore {
  async function run(name: Name, values: readonly SqlValue[] = []): Promise<SqlRow[]> {
    const why = refuse();
    if (why !== null) throw new StoreAway(why);
    try {
      return await session.query(toPostgres(SILENCE_SQL[name]).text, values);
    } catch (error) {
      throw new StoreAway(`PostgreSQL cannot be used (${describePostgresProblem(error)})`);
    }
  }

  return {
    list: async (nowMs) => fromRows(await run('list', toListValues(nowMs))),
    async put(silence, nowMs) {
      await run('prune', toPruneValues(nowMs));
      const rows = await run('put', toPutValues(silence, nowMs));
      return rows.length > 0 || (await run('has', [silence.id])).length > 0;
    },
    end: async (silence, nowMs) => (await run('end', toEndValues(silence, nowMs))).length > 0,
    async stamp() {
      const [row] = await run('stamp');
      return `${row?.count} ${row?.sum}`;
    },
  };
}
