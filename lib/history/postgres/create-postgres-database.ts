import type { Database, SqlRow, SqlValue, Statement } from '#lib/history/store/database.ts';
import { createBlockDays } from './create-block-days.ts';
import { createLink, type Link, PostgresError } from './create-link.ts';
import type { PostgresAddress, PostgresCall } from './message.ts';
import {
  FIND_VERSION_TABLE,
  LEAD_LOCK,
  READ_VERSION,
  SCHEMA,
  SCHEMA_VERSION,
  toHolders,
  toMigration,
  toWriteLock,
} from './schema.ts';
import { toPostgres } from './to-postgres.ts';

/** What takes longer is given up, and the connection with it: of a database that hangs. */
const ANSWER_WITHIN_MS = 8_000;
/** PostgreSQL itself gives up before. */
const STATEMENT_MS = 7_000;
const MIGRATE_WITHIN_MS = 120_000;
/** A session that is ended has rolled back by then. */
const END_WITHIN_MS = 6_000;
/** What is put off is sent when it is so much. */
const CALLS_MAX = 1_000;
const CHANGES = /^\s*(INSERT|UPDATE|DELETE)\b/i;

/** Of a database that another one keeps its history in. */
export const USED = 'used';
export const NEWER = 'newer';
/** Our session that wrote to it before does not end. */
export const WRITTEN = 'written';
/** Whoever leads has not brought the tables to this version yet. */
export const OLDER = 'older';

/**
 * What it is opened for.
 * - `alone` to write, while nobody else does: it holds the lock, and makes the tables
 * - a number: to write as the leader whose fencing number that is. What it changes after another one was elected is refused
 *   (`FENCED`), however little it knows of that
 * - `reader` to read, while another one writes
 */
export type PostgresRole = 'alone' | 'reader' | number;

export interface PostgresOptions {
  /** `connection.ts`: a bundler does not move it. */
  connectionFile: string;
  address: PostgresAddress;
  maxAgeDays: number;
  nowMs(): number;
  connectWithinMs: number;
  /** `alone` */
  role?: PostgresRole;
  /** Each record has its own savepoint: a database that refused something of a batch. Slower. */
  isCareful?: boolean;
}

/**
 * Connects to the history in PostgreSQL.
 *
 * @throws PostgresError, also with {@link USED}, {@link NEWER} or {@link OLDER}
 */
export function createPostgresDatabase(options: PostgresOptions): Database {
  const link = createLink(options.connectionFile, options.address, options.connectWithinMs);
  try {
    begin(link, options.role ?? 'alone');
    return toDatabase(link, options);
  } catch (error) {
    link.close();
    throw error;
  }
}

function toScript(text: string): PostgresCall {
  return { text, values: [], isArrays: false, isScript: true };
}

function begin(link: Link, role: PostgresRole): void {
  const ask = (text: string) => (link.run([toScript(text)], ANSWER_WITHIN_MS) as SqlRow[])[0];
  // A session whose other end is gone must not hold the lock for hours.
  ask(`SET search_path = ${SCHEMA}; SET statement_timeout = ${STATEMENT_MS}; SET lock_timeout = 5000;
    SET idle_in_transaction_session_timeout = 60000; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3; SET tcp_user_timeout = 20000; SET client_min_messages = error`);
  if (role === 'alone') {
    const lock = ask(`SELECT pg_try_advisory_lock(${LEAD_LOCK}) AS is_ours`);
    if (String(lock?.is_ours) !== 'true') throw new PostgresError(USED, 'another one has the lock');
  }
  const found = String(ask(FIND_VERSION_TABLE)?.is_there) === 'true' ? ask(READ_VERSION) : undefined;
  const version = Number(found?.version ?? 0);
  if (version > SCHEMA_VERSION) throw new PostgresError(NEWER, `version ${version}`);
  if (version < SCHEMA_VERSION && role !== 'alone') throw new PostgresError(OLDER, `version ${version}`);
  if (typeof role === 'number') takeOver(ask, role);
  if (version === SCHEMA_VERSION) return;
  link.run([toScript(toMigration(version))], MIGRATE_WITHIN_MS);
}

/** Ends our session of before: what it was told and has not done would else be done beside what we write. */
function takeOver(ask: (text: string) => SqlRow | undefined, fence: number): void {
  const lock = toWriteLock(fence);
  const isOurs = () => String(ask(`SELECT pg_try_advisory_lock(${lock}) AS is_ours`)?.is_ours) === 'true';
  if (isOurs()) return;
  ask(`SELECT count(pg_terminate_backend(pid, ${END_WITHIN_MS})) FROM ${toHolders(lock)}`);
  if (!isOurs()) throw new PostgresError(WRITTEN, 'another session has the lock');
}

function toDatabase(link: Link, options: PostgresOptions): Database {
  const { isCareful = false, role } = options;
  let waiting: PostgresCall[] = [];
  /** Every transaction that changes something begins with it. */
  const begun = typeof role === 'number' ? ['BEGIN', `SELECT check_fence(${role})`] : ['BEGIN'];
  const callOf = new WeakMap<Statement, (values: SqlValue[]) => PostgresCall>();
  let isTransaction = false;

  function send(): SqlRow[] | SqlValue[][] {
    const calls = waiting;
    waiting = [];
    return calls.length === 0 ? [] : link.run(calls, ANSWER_WITHIN_MS);
  }

  function putOff(call: PostgresCall): void {
    if (isTransaction) {
      waiting.push(call);
      if (waiting.length >= CALLS_MAX) send();
    } else transact(() => waiting.push(call));
  }

  function read(call: PostgresCall): SqlRow[] | SqlValue[][] {
    if (!isTransaction && CHANGES.test(call.text)) return transact(() => read(call));
    waiting.push(call);
    return send();
  }

  const exec = (text: string) => putOff(toScript(text));

  function transact<T>(act: () => T): T {
    isTransaction = true;
    try {
      for (const text of begun) exec(text);
      const result = act();
      exec('COMMIT');
      send();
      return result;
    } catch (error) {
      waiting = [];
      rollBack();
      throw error;
    } finally {
      isTransaction = false;
    }
  }

  function prepare(sql: string): Statement {
    const { toCall, setReturnArrays } = toCaller(sql);
    const all = (...values: Values) => read(toCall(values)) as SqlRow[];
    const statement: Statement = {
      run: (...values: Values) => putOff(toCall(values)),
      get: (...values) => all(...values)[0],
      all,
      iterate: all,
      setReturnArrays,
    };
    callOf.set(statement, toCall);
    return statement;
  }

  return {
    prepare,
    ...createEach(link, callOf, send),
    transact,
    atOneMoment(act) {
      isTransaction = true;
      try {
        exec('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        return act();
      } finally {
        rollBack();
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
    bytes: createSize(prepare),
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

/** Several questions without waiting for each. @param send what was put off goes first */
function createEach(
  link: Link,
  callOf: WeakMap<Statement, (values: SqlValue[]) => PostgresCall>,
  send: () => unknown,
): Pick<Database, 'getEach' | 'allOfEach'> {
  return {
    getEach(statement, values) {
      send();
      const toCall = callOf.get(statement);
      if (toCall === undefined) return [];
      const rows: (SqlRow | undefined)[] = [];
      for (let at = 0; at < values.length; at += CALLS_MAX)
        rows.push(
          ...link.runEach(
            values.slice(at, at + CALLS_MAX).map((one) => toCall([...one])),
            ANSWER_WITHIN_MS,
          ),
        );
      return rows;
    },
    allOfEach(questions) {
      send();
      const calls = questions.flatMap(([statement, ...values]) => callOf.get(statement)?.(values) ?? []);
      return link.runAll(calls, ANSWER_WITHIN_MS);
    },
  };
}

function createSize(prepare: (sql: string) => Statement): () => number {
  const sizeOf = prepare(
    `SELECT coalesce(sum(pg_total_relation_size(oid)), 0) AS bytes FROM pg_class
    WHERE relnamespace = to_regnamespace(?) AND relkind = 'r'`,
  );
  return () => Number(sizeOf.get(SCHEMA)?.bytes ?? 0);
}

type Values = (SqlValue | Record<string, SqlValue>)[];

/** A statement of ours with its values, as PostgreSQL takes it. */
function toCaller(sql: string) {
  const { text, names } = toPostgres(sql);
  let isArrays = false;
  return {
    toCall(values: Values): PostgresCall {
      const [first] = values;
      const isNamed = names !== null && typeof first === 'object' && first !== null;
      const named = first as Record<string, SqlValue>;
      const places = isNamed ? names.map((name) => named[name] ?? null) : (values as SqlValue[]);
      return { text, values: places, isArrays, isScript: false };
    },
    setReturnArrays(isOn: boolean) {
      isArrays = isOn;
    },
  };
}

/**
 * Is it of what was to be written, and not of the database? Data exceptions, constraints, and what is too big
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html), or a record that is none.
 */
export function isOfValues(error: unknown): boolean {
  return !(error instanceof PostgresError) || /^(22|23|54)...$/.test(error.code);
}
