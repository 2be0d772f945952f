import { workerData } from 'node:worker_threads';
import type pg from 'pg';
import type { SqlRow, SqlValue } from '#lib/history/store/database.ts';
import { createClient } from './create-client.ts';
import type { ConnectionData, FromConnection, PostgresCall, ToConnection } from './message.ts';

/** The thread of one connection: it speaks to PostgreSQL while the history's thread waits for it (`create-link.ts`). */
type Rows = NonNullable<FromConnection['rows']>;

const { address, port, signal } = workerData as ConnectionData;
const answered = new Int32Array(signal);
let client: pg.Client | null = null;
/** A statement is prepared once for each text. */
const prepared = new Map<string, string>();
let gone: Error | null = null;

port.on('message', async (message: ToConnection) => {
  const answer = await handle(message).catch((error: unknown) => toFailure(error));
  port.postMessage(answer);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});

function create(): pg.Client {
  // Statements of a batch go without waiting for each other: three times as quick on this machine, more over a network.
  const created = createClient(address, { pipeline: true });
  created.on('error', (error: Error) => {
    gone = error;
  });
  return created;
}

async function handle(message: ToConnection): Promise<FromConnection> {
  if (gone !== null) throw gone;
  client ??= create();
  if (message.kind === 'run') return { rows: await run(client, message), error: null };
  await (message.kind === 'connect' ? client.connect() : client.end());
  return { rows: [], error: null };
}

async function run(
  connected: pg.Client,
  { calls, answer }: Extract<ToConnection, { kind: 'run' }>,
): Promise<Rows> {
  const settled = await Promise.allSettled(calls.map((call) => send(connected, call)));
  const results = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  if (answer === 'each') return results as SqlRow[][];
  return answer === 'last' ? (results.at(-1) ?? []) : results.map(([first]) => first as SqlRow | undefined);
}

async function send(
  connected: pg.Client,
  { text, values, isArrays, isScript }: PostgresCall,
): Promise<SqlRow[] | SqlValue[][]> {
  const result = isScript
    ? await connected.query(text)
    : await connected.query({
        text,
        name: toName(text),
        values: values.map(toValue),
        ...(isArrays ? { rowMode: 'array' } : {}),
      });
  return (result as { rows?: SqlRow[] | SqlValue[][] }).rows ?? [];
}

function toName(text: string): string {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  const name = `s${prepared.size}`;
  prepared.set(text, name);
  return name;
}

/** As PostgreSQL takes it: whole numbers, and no NUL in a text. */
function toValue(value: SqlValue): string | Buffer | null {
  if (value === null) return null;
  if (typeof value === 'number') return String(Math.round(value));
  if (typeof value === 'string') return value.replaceAll('\0', '\u{fffd}');
  if (typeof value === 'bigint') return String(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value);
  throw Object.assign(new Error('no value'), { code: '22000' });
}

function toFailure(error: unknown): FromConnection {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { rows: null, error: { code: String(code ?? ''), message: String(message ?? error) } };
}
