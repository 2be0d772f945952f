import type { Database, SqlRow, SqlValue, Statement } from '#lib/history/store/database.ts';
import { createBlockDays } from './create-block-days.ts';
import { createLink, type Link, PostgresError } from './create-link.ts';
import type { PostgresAddress, PostgresCall } from './message.ts';
import { MIGRATIONS, SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { toPostgres } from './to-postgres.ts';

/** What takes longer is given up, and the connection with it: of a database that hangs. */
const ANSWER_WITHIN_MS = 8_000;
/** PostgreSQL itself gives up before. */
const STATEMENT_MS = 7_000;
const MIGRATE_WITHIN_MS = 120_000;
/** What is put off is sent when it is so much. */
const CALLS_MAX = 1_000;

/** Of a database that another one keeps its history in. */
export const USED = 'used';
export const NEWER = 'newer';

export interface PostgresOptions {
  /** `connection.ts`: a bundler does not move it. */
  connectionFile: string;
  address: PostgresAddress;
  maxAgeDays: number;
  nowMs(): number;
  connectWithinMs: number;
  /** Each record has its own savepoint: a database that refused something of a batch. Slower. */
  isCareful?: boolean;
}

/**
 * Connects to the history in PostgreSQL, for its one writer, and brings its tables to this version. A lock of the session holds
 * others off, also while they are made.
 *
 * @throws PostgresError, also with {@link USED} or {@link NEWER}
 */
export function createPostgresDatabase(options: PostgresOptions): Database {
  const link = createLink(options.connectionFile, options.address, options.connectWithinMs);
  try {
    begin(link);
    return toDatabase(link, options);
  } catch (error) {
    link.close();
    throw error;
  }
}

function toScript(text: string): PostgresCall {
  return { text, values: [], isArrays: false, isScript: true };
}

function begin(link: Link): void {
  const ask = (text: string) => (link.run([toScript(text)], ANSWER_WITHIN_MS) as SqlRow[])[0];
  // A session whose other end is gone must not hold the lock for hours.
  ask(`SET search_path = ${SCHEMA}; SET statement_timeout = ${STATEMENT_MS}; SET lock_timeout = 5000;
    SET idle_in_transaction_session_timeout = 60000; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3; SET client_min_messages = error`);
  const lock = ask(`SELECT pg_try_advisory_lock(hashtextextended('${SCHEMA}', 0)) AS is_ours`);
  if (String(lock?.is_ours) !== 'true') throw new PostgresError(USED, 'another one has the lock');
  const table = ask(`SELECT to_regclass('${SCHEMA}.version') IS NOT NULL AS is_there`);
  const found = String(table?.is_there) === 'true' ? ask('SELECT version FROM version') : undefined;
  const version = Number(found?.version ?? 0);
  if (version > SCHEMA_VERSION) throw new PostgresError(NEWER, `version ${version}`);
  if (version === SCHEMA_VERSION) return;
  const steps = [
    'BEGIN; SET LOCAL statement_timeout = 0',
    `CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`,
    'CREATE TABLE IF NOT EXISTS version(version bigint NOT NULL)',
    ...MIGRATIONS.slice(version),
    `DELETE FROM version; INSERT INTO version VALUES (${SCHEMA_VERSION})`,
    'COMMIT',
  ];
  link.run([toScript(steps.join(';\n'))], MIGRATE_WITHIN_MS);
}

function toDatabase(link: Link, options: PostgresOptions): Database {
  const { isCareful = false } = options;
  let waiting: PostgresCall[] = [];
  const callOf = new WeakMap<Statement, (values: SqlValue[]) => PostgresCall>();
  let isTransaction = false;

  function send(): SqlRow[] | SqlValue[][] {
    const calls = waiting;
    waiting = [];
    return calls.length === 0 ? [] : link.run(calls, ANSWER_WITHIN_MS);
  }

  function putOff(call: PostgresCall): void {
    waiting.push(call);
    if (!isTransaction || waiting.length >= CALLS_MAX) send();
  }

  function read(call: PostgresCall): SqlRow[] | SqlValue[][] {
    waiting.push(call);
    return send();
  }

  const exec = (text: string) => putOff({ text, values: [], isArrays: false, isScript: true });

  function prepare(sql: string): Statement {
    const { text, names } = toPostgres(sql);
    let isArrays = false;
    const toCall = (values: (SqlValue | Record<string, SqlValue>)[]): PostgresCall => {
      const [first] = values;
      const isNamed = names !== null && typeof first === 'object' && first !== null;
      const named = first as Record<string, SqlValue>;
      const places = isNamed ? names.map((name) => named[name] ?? null) : (values as SqlValue[]);
      return { text, values: places, isArrays, isScript: false };
    };
    const all = (...values: (SqlValue | Record<string, SqlValue>)[]) => read(toCall(values)) as SqlRow[];
    const statement: Statement = {
      run: (...values: (SqlValue | Record<string, SqlValue>)[]) => putOff(toCall(values)),
      get: (...values) => all(...values)[0],
      all,
      iterate: all,
      setReturnArrays(isOn) {
        isArrays = isOn;
      },
    };
    callOf.set(statement, toCall);
    return statement;
  }

  function getEach(statement: Statement, values: readonly SqlValue[][]): (SqlRow | undefined)[] {
    send();
    const toCall = callOf.get(statement);
    if (toCall === undefined) return [];
    const rows: (SqlRow | undefined)[] = [];
    for (let at = 0; at < values.length; at += CALLS_MAX)
      rows.push(...link.runEach(values.slice(at, at + CALLS_MAX).map(toCall), ANSWER_WITHIN_MS));
    return rows;
  }

  const sizeOf = prepare(
    `SELECT coalesce(sum(pg_total_relation_size(oid)), 0) AS bytes FROM pg_class
    WHERE relnamespace = to_regnamespace(?) AND relkind = 'r'`,
  );

  return {
    prepare,
    getEach,
    transact(act) {
      isTransaction = true;
      try {
        exec('BEGIN');
        act();
        exec('COMMIT');
        send();
      } catch (error) {
        waiting = [];
        rollBack();
        throw error;
      } finally {
        isTransaction = false;
      }
    },
    attempt(act) {
      if (!isCareful) {
        act();
        return true;
      }
      exec('SAVEPOINT record');
      send();
      try {
        act();
        send();
        return true;
      } catch (error) {
        if (!isOfValues(error)) throw error;
        waiting = [];
        exec('ROLLBACK TO SAVEPOINT record');
        return false;
      }
    },
    ofMaximum: (column, maximum) => `(array_agg(${column} ORDER BY ${maximum} DESC))[1]`,
    bytes: () => Number(sizeOf.get(SCHEMA)?.bytes ?? 0),
    isBounded: false,
    ...createBlockDays(prepare, exec, options),
    singleBlocks: (table) => `${table}_others`,
    compact() {},
    checkpoint() {},
    close: link.close,
  };

  function rollBack(): void {
    try {
      exec('ROLLBACK');
      send();
    } catch {
      // The connection is gone, and the transaction with it.
    }
  }
}

/**
 * Is it of what was to be written, and not of the database? Data exceptions, constraints, and what is too big
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html), or a record that is none.
 */
export function isOfValues(error: unknown): boolean {
  return !(error instanceof PostgresError) || /^(22|23|54)...$/.test(error.code);
}
