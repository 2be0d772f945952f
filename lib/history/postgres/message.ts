import type { SqlRow, SqlValue } from '#lib/history/store/database.ts';

/** Where and how to connect; the password is in it. */
export interface PostgresAddress {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  tls: PostgresTls;
}

/** - `none` in clear - `encrypted` whoever answers - `authority` who has a certificate of `ca` - `full` and of that name */
export interface PostgresTls {
  check: 'none' | 'encrypted' | 'authority' | 'full';
  /** A file with the certificates of who may answer; `null`: those that Node knows. */
  ca: string | null;
}

/** One statement with its values. */
export interface PostgresCall {
  text: string;
  values: SqlValue[];
  isArrays: boolean;
  /** Has it several statements, and no values? */
  isScript: boolean;
}

/** To the thread of the connection. Each gets one {@link FromConnection}. */
export type ToConnection =
  | { kind: 'connect' }
  | { kind: 'run'; calls: PostgresCall[]; answer: RunAnswer }
  | { kind: 'end' };

/** What of all calls is answered: the rows of the last one, the first row of each, or all rows of each. */
export type RunAnswer = 'last' | 'first-of-each' | 'each';

/** The rows, or the first error: `code` is PostgreSQL's (SQLSTATE) or Node's. */
export type FromConnection =
  | { rows: SqlRow[] | SqlValue[][] | SqlRow[][] | (SqlRow | undefined)[]; error: null }
  | { rows: null; error: { code: string; message: string } };

export interface ConnectionData {
  address: PostgresAddress;
  port: import('node:worker_threads').MessagePort;
  /** One number, which counts answers. */
  signal: SharedArrayBuffer;
}

/** How the history's thread is told of PostgreSQL. */
export interface PostgresSettings {
  address: PostgresAddress;
  /** `connection.ts`: a bundler does not move it. */
  connectionFile: string;
}
