import type { BlockTableName, Database } from './database.ts';

export interface BlockTableOptions<Row> {
  /** Its blocks: columns task, from_ms, until_ms, count and data. */
  table: BlockTableName;
  /** What no block holds yet: columns n, task and those of `journalColumns`. */
  journal: 'journal' | 'usage_journal';
  journalColumns: readonly string[];
  toJournal(row: Row): (number | string | Uint8Array | null)[];
  fromJournal(columns: Record<string, unknown>): Row[];
  encode(rows: readonly Row[]): Uint8Array;
  decode(data: Uint8Array): Row[];
  /** Epoch ms: what blocks and windows are found by. */
  atMs(row: Row): number;
  /** A block grows to this many rows, or to an hour, whichever comes first. */
  maxRows: number;
  /** Rows of these tasks go from the journal into blocks. */
  onPack?(tasks: readonly (readonly [task: number, rows: readonly Row[]])[]): void;
}

/** Rows of tasks, each at once in a journal and from there in encoded blocks of one task. `task` is the row of the task. */
export interface BlockTable<Row> {
  add(task: number, row: Row): void;
  /** Oldest first. */
  read(task: number, fromMs: number, untilMs: number): Row[];
  /** Those of the newest blocks and of the journal, as they were written. */
  readNewest(task: number, maxBlocks: number): Row[];
  /** Is there a row of that time for which `isIt` holds? */
  has(task: number, atMs: number, isIt: (row: Row) => boolean): boolean;
  /** Where another process writes: takes in what it did since. */
  refresh(): void;
  /** Rows that are in no block yet. */
  journalled(): number;
  /** Puts them into blocks. */
  pack(): void;
  /** A record begins, which may be undone. */
  begin(): void;
  /** What was added since then is not there. */
  undo(): void;
}

interface Block {
  data: Uint8Array;
}

const BLOCK_MS = 3_600_000;
/** Two processes may differ so much in what they take an engine's clock for. */
const CLOCK_MS = 10_000;
/** Tasks whose newest blocks are read in one go. */
const PACKED_TOGETHER = 500;

export function createBlockTable<Row>(db: Database, options: BlockTableOptions<Row>): BlockTable<Row> {
  const { table, journal, journalColumns, atMs } = options;
  const columns = journalColumns.join(', ');
  const places = journalColumns.map(() => '?').join(', ');
  const insert = db.prepare(`INSERT INTO ${journal}(task, ${columns}) VALUES (?, ${places})`);
  const clear = db.prepare(`DELETE FROM ${journal}`);
  const newest = db.prepare(`SELECT data FROM ${table} WHERE task = ? ORDER BY from_ms DESC LIMIT ?`);
  const within = db.prepare(
    `SELECT data FROM ${table} WHERE task = ? AND from_ms <= ? AND until_ms >= ? ORDER BY from_ms`,
  );
  const since = db.prepare(`SELECT n, task, ${columns} FROM ${journal} WHERE n > ? ORDER BY n`);
  const firstOf = db.prepare(`SELECT min(n) AS n FROM ${journal}`);
  const newestEnd = db.prepare(`SELECT max(until_ms) AS at FROM ${table} WHERE task = ?`);
  const hot = new Map<number, Row[]>();
  /** By task: until when there are blocks. */
  const ends = new Map<number, number>();
  /** Of the record that is written now. */
  let added: number[] = [];
  let journalled = 0;
  let [firstN, lastN] = [0, 0];

  refresh();

  function refresh(): void {
    const first = Number(firstOf.get()?.n ?? 0);
    // All of it went into blocks.
    if (first !== firstN) forget();
    firstN = first;
    for (const row of since.iterate(lastN)) {
      const { n, task, ...rest } = row as Record<string, unknown> & { n: number; task: number };
      for (const kept of options.fromJournal(rest)) keep(task, kept);
      lastN = n;
    }
  }

  function forget(): void {
    hot.clear();
    ends.clear();
    [journalled, lastN] = [0, 0];
  }

  function endOf(task: number): number {
    const known = ends.get(task) ?? Number(newestEnd.get(task)?.at ?? Number.NEGATIVE_INFINITY);
    ends.set(task, known);
    return known;
  }

  function keep(task: number, row: Row): void {
    const rows = hot.get(task);
    if (rows) rows.push(row);
    else hot.set(task, [row]);
    journalled += 1;
  }

  const decodeAll = (blocks: unknown[]) => decodeBlocks(options, blocks);
  const byTime = (a: Row, b: Row) => atMs(a) - atMs(b);

  const packTask = createPacker(db, options);

  return {
    add(task, row) {
      insert.run(task, ...options.toJournal(row));
      keep(task, row);
      added.push(task);
    },
    has(task, at, isIt) {
      if (hot.get(task)?.some(isIt)) return true;
      const [fromMs, untilMs] = [at - CLOCK_MS, at + CLOCK_MS];
      return fromMs <= endOf(task) && decodeAll(within.all(task, untilMs, fromMs)).some(isIt);
    },
    refresh,
    begin() {
      added = [];
    },
    undo() {
      for (const task of added) {
        const rows = hot.get(task);
        rows?.pop();
        if (rows?.length === 0) hot.delete(task);
        journalled -= 1;
      }
      added = [];
    },
    read(task, fromMs, untilMs) {
      return [...decodeAll(within.all(task, untilMs, fromMs)), ...(hot.get(task) ?? [])]
        .filter((row) => atMs(row) >= fromMs && atMs(row) <= untilMs)
        .sort(byTime);
    },
    readNewest: (task, maxBlocks) => [
      ...decodeAll(newest.all(task, maxBlocks).reverse()),
      ...(hot.get(task) ?? []),
    ],
    journalled: () => journalled,
    pack() {
      const tasks = [...hot];
      for (let at = 0; at < tasks.length; at += PACKED_TOGETHER) {
        const some = tasks.slice(at, at + PACKED_TOGETHER);
        options.onPack?.(some);
        const last = db.getEach(
          newest,
          some.map(([task]) => [task, 1]),
        );
        for (const [index, [task, fresh]] of some.entries()) packTask(task, fresh, last[index]);
      }
      clear.run();
      forget();
    },
  };
}

function decodeBlocks<Row>({ decode }: BlockTableOptions<Row>, blocks: unknown[]): Row[] {
  return (blocks as Block[]).flatMap(({ data }) => decode(data));
}

/** Puts rows of a task behind those of its newest block, and into new ones; those of before it by themselves. */
function createPacker<Row>(
  db: Database,
  options: BlockTableOptions<Row>,
): (task: number, fresh: Row[], last: unknown) => void {
  const { table, encode, atMs, maxRows } = options;
  const put = db.prepare(
    `INSERT INTO ${table}(task, from_ms, until_ms, count, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT(task, from_ms) DO UPDATE
    SET until_ms = excluded.until_ms, count = excluded.count, data = excluded.data`,
  );
  const byTime = (a: Row, b: Row) => atMs(a) - atMs(b);

  function write(task: number, rows: readonly Row[]): void {
    const times = rows.map(atMs);
    const fromMs = Math.min(...times);
    db.prepareBlocks(table, fromMs);
    put.run(task, fromMs, Math.max(...times), rows.length, encode(rows));
  }

  function writeBehind(task: number, before: Row[], rows: readonly Row[]): void {
    let block = before;
    for (const row of rows) {
      const lastsMs = block[0] ? atMs(row) - atMs(block[0]) : 0;
      if (block.length >= maxRows || lastsMs > BLOCK_MS) {
        write(task, block);
        block = [];
      }
      block.push(row);
    }
    write(task, block);
  }

  return (task, fresh, last) => {
    const block = decodeBlocks(options, last === undefined ? [] : [last]);
    const startMs = block[0] ? atMs(block[0]) : Number.NEGATIVE_INFINITY;
    const rows = fresh.sort(byTime);
    // In blocks of their own: what is newest has to be in the newest block, where it is looked for.
    const late = rows.filter((row) => atMs(row) < startMs);
    if (late.length > 0) writeBehind(task, [], late);
    if (late.length < rows.length) writeBehind(task, block, rows.slice(late.length));
  };
}
