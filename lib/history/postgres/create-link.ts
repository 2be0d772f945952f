import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { SqlRow, SqlValue } from '#lib/history/store/database.ts';
import type {
  ConnectionData,
  FromConnection,
  PostgresAddress,
  PostgresCall,
  ToConnection,
} from './message.ts';
import { waitForChange } from './wait-for-change.ts';

/** `code` is PostgreSQL's (SQLSTATE), Node's, or {@link TOO_SLOW}. */
export class PostgresError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** It did not answer in time: whether it did what it was asked is not known. */
export const TOO_SLOW = 'too-slow';

const END_WITHIN_MS = 1_000;

/** A connection to PostgreSQL that is waited for. After an error of anything but a statement it is of no use any more. */
export interface Link {
  /** @returns the rows of the last call. @throws PostgresError, the first of all calls */
  run(calls: readonly PostgresCall[], timeoutMs: number): SqlRow[] | SqlValue[][];
  /** @returns the first row of each call. @throws the same */
  runEach(calls: readonly PostgresCall[], timeoutMs: number): (SqlRow | undefined)[];
  /** @returns all rows of each call. @throws the same */
  runAll(calls: readonly PostgresCall[], timeoutMs: number): SqlRow[][];
  close(): void;
}

/**
 * Connects, and waits for it.
 *
 * @param file `connection.ts`: a bundler does not move it
 * @throws PostgresError
 */
export function createLink(file: string, address: PostgresAddress, timeoutMs: number): Link {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  const answered = new Int32Array(signal);
  const workerData: ConnectionData = { address, port: theirs, signal };
  const worker = new Worker(file, { workerData, transferList: [theirs], env: {} });
  worker.unref();
  worker.on('error', () => {});
  let closed = false;

  function cut(): void {
    if (closed) return;
    closed = true;
    ours.close();
    void worker.terminate();
  }

  function ask(message: ToConnection, withinMs: number): NonNullable<FromConnection['rows']> {
    if (closed) throw new PostgresError('closed', 'the connection is closed');
    const before = Atomics.load(answered, 0);
    ours.postMessage(message);
    if (!waitForChange(answered, before, withinMs)) {
      cut();
      throw new PostgresError(TOO_SLOW, `no answer within ${withinMs / 1_000} s`);
    }
    const { message: answer } = receiveMessageOnPort(ours) as { message: FromConnection };
    if (answer.error !== null) throw new PostgresError(answer.error.code, answer.error.message);
    return answer.rows;
  }

  try {
    ask({ kind: 'connect' }, timeoutMs);
  } catch (error) {
    cut();
    throw error;
  }
  return {
    run: (calls, withinMs) => ask({ kind: 'run', calls: [...calls], answer: 'last' }, withinMs) as SqlRow[],
    runEach: (calls, withinMs) =>
      ask({ kind: 'run', calls: [...calls], answer: 'first-of-each' }, withinMs) as SqlRow[],
    runAll: (calls, withinMs) =>
      ask({ kind: 'run', calls: [...calls], answer: 'each' }, withinMs) as SqlRow[][],
    close() {
      try {
        // Whoever connects next finds its lock free.
        if (!closed) ask({ kind: 'end' }, END_WITHIN_MS);
      } catch {
        // It was of no use any more.
      }
      cut();
    },
  };
}
