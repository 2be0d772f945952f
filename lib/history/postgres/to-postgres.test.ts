import { expect, test } from 'vitest';
import { toPostgres } from './to-postgres.ts';

test.each([
  ['SELECT n FROM tasks WHERE id = ? AND n > ?', 'SELECT n FROM tasks WHERE id = $1 AND n > $2', null],
  ['SELECT \'?\' AS ":a" FROM t WHERE b = ?', 'SELECT \'?\' AS ":a" FROM t WHERE b = $1', null],
  ['VALUES (?1, ?2, ?2, ?3)', 'VALUES ($1, $2, $2, $3)', null],
  [
    'SET a = :one, b = :two, c = :one WHERE d::text = :two',
    'SET a = $1, b = $2, c = $1 WHERE d::text = $2',
    ['one', 'two'],
  ],
  ['SELECT * FROM events INDEXED BY events_by_time WHERE TRUE', 'SELECT * FROM events WHERE TRUE', null],
  ['DELETE FROM journal', "SELECT clear_table('journal')", null],
  ['DELETE FROM nodes WHERE id = ?', 'DELETE FROM nodes WHERE id = $1', null],
])('%s', (sql, text, names) => {
  expect(toPostgres(sql)).toEqual({ text, names });
});
