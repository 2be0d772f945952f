import type pg from 'pg';
import type { SqlRow, SqlValue } from '#lib/history/store/database.ts';
import { createClient } from './create-client.ts';
import type { PostgresAddress } from './message.ts';
import { SCHEMA } from './schema.ts';

/** A server that has not answered by then is taken to be away. */
const ANSWER_WITHIN_MS = 4_000;
/** By then it has given up a statement itself, and can be asked the next. */
const GIVES_UP_BEFORE_MS = 500;

/**
 * One session with PostgreSQL that is not the history's: for what servers tell each other in it, a row or two at a time. It is
 * opened when it is asked something, and anew after each failure.
 */
export interface SharedSession {
  /** @throws the error of PostgreSQL, or of Node */
  query(text: string, values?: readonly SqlValue[]): Promise<SqlRow[]>;
  /** Several statements, without values; of tables that are made, which may take its time. @throws the same */
  run(script: string): Promise<void>;
  /** Which session it is: another number after each failure. */
  number(): number;
  close(): Promise<void>;
}

/** @param answerWithinMs each answer, and a connection, is waited for so long */
export function createSharedSession(
  address: PostgresAddress,
  answerWithinMs = ANSWER_WITHIN_MS,
): SharedSession {
  let client: Promise<pg.Client> | null = null;
  let count = 0;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  function connect(): Promise<pg.Client> {
    const made = createClient(address, {
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    count += 1;
    made.on('error', () => drop(mine));
    const mine: Promise<pg.Client> = begin(made);
    return mine;
  }

  async function begin(made: pg.Client): Promise<pg.Client> {
    try {
      await made.connect();
      // A session whose other end is gone must not hold its lock for hours.
      await made.query(`SET search_path = ${SCHEMA}; SET statement_timeout = ${answerWithinMs - GIVES_UP_BEFORE_MS};
        SET lock_timeout = ${answerWithinMs / 2};
        SET idle_in_transaction_session_timeout = 5000; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2;
        SET tcp_keepalives_count = 3; SET tcp_user_timeout = 10000; SET client_min_messages = error`);
      return made;
    } catch (error) {
      // It is tried again each second: what is half open must not be left.
      void made.end().catch(() => {});
      throw error;
    }
  }

  function open(): Promise<pg.Client> {
    if (closed) return Promise.reject(new Error('the connection is closed'));
    if (client === null) {
      const opened = connect();
      client = opened;
      opened.catch(() => drop(opened));
    }
    return client;
  }

  function drop(which: Promise<pg.Client> | null): void {
    if (which === null || which !== client) return;
    client = null;
    which.then(
      (old) => void old.end().catch(() => {}),
      () => {},
    );
  }

  /** One after the other. */
  function ask(
    act: (open: pg.Client) => Promise<pg.QueryResult>,
    isOver: (error: unknown) => boolean,
  ): Promise<SqlRow[]> {
    const mine = last.then(() => askNow(act, isOver));
    last = mine.catch(() => {});
    return mine;
  }

  async function askNow(
    act: (open: pg.Client) => Promise<pg.QueryResult>,
    isOver: (error: unknown) => boolean,
  ): Promise<SqlRow[]> {
    const used = open();
    try {
      return ((await act(await used)) as { rows?: SqlRow[] }).rows ?? [];
    } catch (error) {
      // Of a statement the session goes on; what else it was nobody knows.
      if (isOver(error)) drop(used);
      throw error;
    }
  }

  return {
    query: (text, values = []) =>
      ask(
        (opened) => opened.query(text, values.map(toValue)),
        (error) => !isOfStatement(error),
      ),
    async run(script) {
      // Where it fails, its transaction stays open, and refuses whatever is asked next, with our lock on the session.
      await ask(
        (opened) => opened.query({ text: script, query_timeout: 120_000 } as pg.QueryConfig),
        () => true,
      );
    },
    number: () => count,
    async close() {
      closed = true;
      const left = client;
      client = null;
      await left?.then(
        (old) => Promise.race([old.end(), new Promise((resolve) => setTimeout(resolve, 500).unref())]),
        () => {},
      );
    },
  };
}

const toValue = (value: SqlValue) => (typeof value === 'number' ? Math.round(value) : value);

/** SQLSTATE, but for those of connections, of who ends them, and of what took too long. */
function isOfStatement(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '');
  return /^(?!08|53|57)(?=.*\d)[0-9A-Z]{5}$/.test(code);
}
