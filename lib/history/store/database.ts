export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = Record<string, SqlValue>;

/** The tables whose rows are encoded blocks. */
export type BlockTableName = 'probes' | 'usage';

/** A statement with `?` or `:name` in the place of its values. */
export interface Statement {
  /** What it changes may be put off until something is read, or until the transaction ends; so may its error. */
  run(...values: SqlValue[]): unknown;
  run(named: Record<string, SqlValue>): unknown;
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): SqlRow[];
  all(named: Record<string, SqlValue>): SqlRow[];
  iterate(...values: SqlValue[]): Iterable<SqlRow>;
  /** Rows are arrays from then on, in the order of the columns: quicker to read. */
  setReturnArrays(isOn: boolean): void;
}

/**
 * What a history is kept in: every table and question is written once, in the SQL of SQLite, and a database speaks it. All of
 * it is synchronous: it belongs on a thread where nobody waits.
 *
 * Statements keep to what SQLite and PostgreSQL both know: `ON CONFLICT` and `RETURNING`, aliases in quotes, tables within a
 * query with a name. A database may lack what only names an index (`INDEXED BY`).
 */
export interface Database {
  /** @throws the error of the database, here or when it is used */
  prepare(sql: string): Statement;
  /** The row of each of these values, in one go. */
  getEach(statement: Statement, values: readonly SqlValue[][]): (SqlRow | undefined)[];
  /** The rows of each of these, in one go: where a database is behind a network, each way to it takes its time. */
  allOfEach(questions: readonly (readonly [statement: Statement, ...values: SqlValue[]])[]): SqlRow[][];
  /** All of it or, where it throws, nothing. */
  transact(act: () => void): void;
  /** Reads as all is at one moment, whatever another process writes meanwhile. */
  atOneMoment<T>(act: () => T): T;
  /**
   * Within a transaction: what belongs to one record. Where a database cannot store its values, it goes on without.
   *
   * @returns false: what it had written of it is undone
   */
  attempt(act: () => void): boolean;
  /** Bytes in use. */
  bytes(): number;
  /** Does `VITALS_HISTORY_MB` hold for it? */
  isBounded: boolean;
  /** A block of that time is going to be written. */
  prepareBlocks(table: BlockTableName, fromMs: number): void;
  /** Drops the blocks that can be dropped together, and ended before then. */
  dropBlocks(table: BlockTableName, beforeMs: number): void;
  /** The table that has the others, which go one by one. */
  singleBlocks(table: BlockTableName): string;
  /** To be called when much was removed. */
  compact(): void;
  /** To be called every minute. */
  checkpoint(): void;
  close(): void;
}
