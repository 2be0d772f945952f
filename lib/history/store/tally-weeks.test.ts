import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS as POSTGRES_MIGRATIONS, SCHEMA, toMigration } from '#lib/history/postgres/schema.ts';
import { findPostgres, startPostgres } from '#lib/testing/start-postgres.ts';
import { createWeekTally, decodeTally, encodeTally, HOUR_MS } from './codec/encode-tally.ts';
import { MIGRATIONS } from './schema.ts';

/** Before the step: a row a day. Monday is the fifth day of the epoch's weeks. */
const MONDAY = 20_612;
const hoursOf = (hour: number) =>
  Array.from({ length: 24 }, (_, at) => (at === hour ? [0, HOUR_MS, 0, 0, 0] : [HOUR_MS, 0, 0, 0, 0]));
const days: [day: number, service: string, hours: number[][]][] = [
  [MONDAY, 'web', hoursOf(3)],
  [MONDAY + 1, 'web', hoursOf(23)],
  [MONDAY + 3, 'web', hoursOf(0)],
  [MONDAY, 'db', hoursOf(7)],
];
const parts = [
  [4 * MONDAY, 'web', 10, 1, 50, 111, '1'],
  [4 * MONDAY + 3, 'web', 20, 2, 900, 222, '2'],
  [4 * MONDAY + 4, 'web', 5, 0, 7, 333, null],
] as const;

const hex = (hours: number[][]) => Buffer.from(encodeTally(hours)).toString('hex');
const toFill = (toBytes: (hex: string) => string) =>
  [
    ...days.map(
      ([day, service, hours]) => `INSERT INTO tallies VALUES (${day}, '${service}', ${toBytes(hex(hours))})`,
    ),
    ...parts.map(
      (row) =>
        `INSERT INTO probe_parts VALUES (${row.map((one) => (typeof one === 'string' ? `'${one}'` : (one ?? 'NULL'))).join()})`,
    ),
    "INSERT INTO meta(key, value) VALUES ('tallied', 1000)",
    `INSERT INTO services(id, name, head) VALUES ('web', 'web', '{"stack":"shop"}'), ('db', 'db', '{"stack":null}')`,
  ].join(';');

type Row = Record<string, unknown>;

function expectWeeks(ask: { weeks: Row[]; days: Row[]; tallied: Row[]; stacks: Row[] }): void {
  const week = Math.floor(MONDAY / 7);
  const place = (own: [number, number[][]][]) => {
    const hours = createWeekTally();
    for (const [day, of] of own) hours.splice((day % 7) * 24, 24, ...of);
    return hours;
  };
  expect(
    ask.weeks.map(({ week, service_id, data }) => [
      Number(week),
      service_id,
      decodeTally(data as Uint8Array),
    ]),
  ).toEqual([
    [week, 'db', place([[MONDAY, hoursOf(7)]])],
    [
      week,
      'web',
      place([
        [MONDAY, hoursOf(3)],
        [MONDAY + 1, hoursOf(23)],
      ]),
    ],
    [week + 1, 'web', place([[MONDAY + 3, hoursOf(0)]])],
  ]);
  expect(ask.days.map((row) => Object.values(row).join(' '))).toEqual([
    `${MONDAY} web 30 3 900 222 2`,
    `${MONDAY + 1} web 5 0 7 333 `,
  ]);
  expect(Number(ask.tallied[0]?.value), 'no day before the first one is said to be known').toBe(
    MONDAY * 24 * HOUR_MS,
  );
  expect(ask.stacks.map(({ id, stack }) => [id, stack])).toEqual([
    ['db', null],
    ['web', 'shop'],
  ]);
}

const WEEKS = 'SELECT week, service_id, data FROM tally_weeks ORDER BY week, service_id';
const DAYS = 'SELECT * FROM probe_days ORDER BY day';
const STACKS = 'SELECT id, stack FROM services ORDER BY id';
const TALLIED = "SELECT value FROM meta WHERE key = 'tallied'";

describe('an earlier history that is opened has sums by weeks in place of days, by days of quarters, and the stack of each service', () => {
  test('in SQLite', () => {
    const db = new DatabaseSync(':memory:');
    for (const step of MIGRATIONS.slice(0, 9)) db.exec(step);
    db.exec(toFill((text) => `x'${text}'`));
    for (const step of MIGRATIONS.slice(9)) db.exec(step);
    const ask = (sql: string) => db.prepare(sql).all();
    expectWeeks({ weeks: ask(WEEKS), days: ask(DAYS), tallied: ask(TALLIED), stacks: ask(STACKS) });
    db.close();
  });

  const bin = findPostgres();
  test.skipIf(bin === null)('in PostgreSQL', { timeout: 180_000 }, async () => {
    const postgres = await startPostgres(bin ?? '');
    try {
      const before = POSTGRES_MIGRATIONS.slice(0, 2).join(';');
      const fill = toFill((text) => `'\\x${text}'`);
      await postgres.query(
        `CREATE SCHEMA ${SCHEMA}; SET search_path = ${SCHEMA}; CREATE TABLE version(version bigint NOT NULL);
        ${before}; INSERT INTO version VALUES (2); ${fill}`,
      );
      await postgres.query(toMigration(2));
      const ask = (sql: string) => postgres.query(sql.replace(/ FROM (\w+)/, ` FROM ${SCHEMA}.$1`));
      expectWeeks({
        weeks: await ask(WEEKS),
        days: await ask(DAYS),
        tallied: await ask(TALLIED),
        stacks: await ask(STACKS),
      });
    } finally {
      await postgres.stop();
    }
  });
});
