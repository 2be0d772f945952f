import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
import { environment } from '#lib/server/settings/environment.ts';

/** The thread of a connection. */
export const CONNECTION_FILE = join(import.meta.dirname, '../history/postgres/connection.ts');

const PLACES = '/usr/lib/postgresql';
const USER = 'vitals';
const PASSWORD = 'a password with @ and %';
/** Debian's `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** As `e2e/support/is-ci.ts`: in CI nothing may be left out, but in the quick run. */
const isAsked = !['', '0', 'false'].includes(environment.CI ?? '') && environment.VITALS_TEST_QUICK !== '1';

/** The newest that this machine has; `null`: it has none that would run. */
export function findPostgres(): string | null {
  const versions = existsSync(PLACES) ? readdirSync(PLACES).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions
    .map((version) => join(PLACES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  const isUsable = folder !== undefined && (isNullForAll() || isRoot());
  if (!isUsable && isAsked)
    throw new Error(
      'These tests need PostgreSQL (apt-get install postgresql), and to be root where only root may write to /dev/null.',
    );
  return isUsable ? folder : null;
}

const isRoot = () => process.getuid?.() === 0;

/** On some machines only root may write there, and PostgreSQL starts on none of them. */
const isNullForAll = () => (statSync('/dev/null').mode & 0o002) !== 0;

/** With a /dev/null for everybody in a mount namespace of its own; the machine's stays as it is. */
const OWN_NULL = `mount --make-rprivate / && mknod -m 666 "$1" c 1 3 && mount --bind "$1" /dev/null && rm "$1" && shift &&
exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups "$@"`;

interface Run {
  file: string;
  args: string[];
  as: { uid: number; gid: number } | object;
}

/** How a program of PostgreSQL is run: as nobody, where we are root. */
function toRun(folder: string, file: string, args: string[]): Run {
  if (!isRoot()) return { file, args, as: {} };
  if (isNullForAll()) return { file, args, as: { uid: NOBODY, gid: NOBODY } };
  const inside = ['sh', '-c', OWN_NULL, 'sh', join(folder, `null-${randomUUID()}`), file, ...args];
  return { file: 'unshare', args: ['-m', ...inside], as: {} };
}

/** A PostgreSQL of our own on loopback, which takes a password. */
export interface TestPostgres {
  address: PostgresAddress;
  /** A database that nobody has used yet. */
  create(): Promise<PostgresAddress>;
  /** kill -9 of all its processes. */
  kill(): Promise<void>;
  /** SIGSTOP: it accepts connections, and says nothing. */
  freeze(): void;
  thaw(): void;
  /** After a kill. */
  start(): Promise<void>;
  /** Runs statements as its owner. */
  query(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Leaves no byte on its disk, which is one of its own. */
  fill(): void;
  /** Gives back what `fill` took; starts it again, where it ended for that. */
  empty(): Promise<void>;
  /** Reads all tables of a schema in one transaction that does not end, as a backup does. */
  lock(schema: string, database: string): Promise<{ end(): Promise<void> }>;
  stop(): Promise<void>;
}

/** @param diskMb it has a disk of its own of this size, in memory; only for root. `null`: the machine's */
export async function startPostgres(
  bin: string,
  settings: readonly string[] = [],
  { diskMb = null }: { diskMb?: number | null } = {},
): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-pg-'));
  const data = join(folder, 'data');
  const filling = join(folder, 'filling');
  if (diskMb !== null) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', folder]);
  if (isRoot()) chownSync(folder, NOBODY, NOBODY);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (isRoot()) chownSync(passwordFile, NOBODY, NOBODY);
  const making = [
    '-D',
    data,
    '-U',
    USER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-sync',
    '-E',
    'UTF8',
    // So that a full disk ends it soon, and not only what grows a table.
    ...(diskMb === null ? [] : ['--wal-segsize=1']),
  ];
  const init = toRun(folder, join(bin, 'initdb'), making);
  execFileSync(init.file, init.args, { ...init.as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await findPort();
  const address: PostgresAddress = {
    ...{ host: '127.0.0.1', port, user: USER, password: PASSWORD, database: 'postgres' },
    tls: { check: 'none', ca: null },
  };
  let server: ChildProcess;
  let count = 0;

  async function query(sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const { tls: _, ...where } = address;
    const client = new pg.Client({ ...where, database });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function lock(schema: string, database: string): Promise<{ end(): Promise<void> }> {
    const { tls: _, ...where } = address;
    const client = new pg.Client({ ...where, database });
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [schema]);
    const tables = rows.map(({ tablename }) => `${schema}.${tablename}`).join();
    await client.query(`BEGIN; LOCK TABLE ${tables} IN ACCESS SHARE MODE`);
    return {
      async end() {
        await client.query('ROLLBACK');
        await client.end();
      },
    };
  }

  async function start(): Promise<void> {
    const places = [
      `listen_addresses=127.0.0.1`,
      `unix_socket_directories=${folder}`,
      'fsync=off',
      ...settings,
    ];
    const args = ['-D', data, '-p', String(port), ...places.flatMap((one) => ['-c', one])];
    const run = toRun(folder, join(bin, 'postgres'), args);
    const begin = () => spawn(run.file, run.args, { ...run.as, cwd: folder, stdio: 'ignore' });
    server = begin();
    for (let tries = 0; tries < 600; tries += 1) {
      // What is left of one that was killed keeps its memory until it ends, and none starts beside that.
      if (isOver()) {
        await sleep(200);
        server = begin();
      }
      const isUp = await query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await sleep(50);
    }
    throw new Error('PostgreSQL did not start.');
  }

  const isOver = () => server.exitCode !== null || server.signalCode !== null;

  /** Its backends are in groups of their own. */
  function signal(name: NodeJS.Signals): void {
    const pid = server.pid ?? 0;
    for (const one of [pid, ...listChildren(pid)]) {
      try {
        process.kill(one, name);
      } catch {
        // It has ended.
      }
    }
  }

  async function end(name: NodeJS.Signals): Promise<void> {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (isOver()) return;
    signal('SIGCONT');
    if (name === 'SIGKILL') signal(name);
    else server.kill(name);
    await ended;
    // Else it says that it still runs.
    if (name === 'SIGKILL') rmSync(join(data, 'postmaster.pid'), { force: true });
  }

  await start();
  return {
    address,
    async create() {
      count += 1;
      await query(`CREATE DATABASE test_${count}`);
      return { ...address, database: `test_${count}` };
    },
    kill: () => end('SIGKILL'),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    start,
    query,
    lock,
    fill() {
      if (diskMb === null) throw new Error('Only a disk of its own is filled.');
      const file = openSync(filling, 'w');
      try {
        for (const size of [1 << 20, 4_096]) writeUntilFull(file, size);
      } finally {
        closeSync(file);
      }
    },
    async empty() {
      rmSync(filling, { force: true });
      // Whether it ends is not said at once.
      await sleep(1_000);
      if (isOver()) await start();
    },
    async stop() {
      await end('SIGINT');
      if (diskMb !== null) execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeUntilFull(file: number, size: number): void {
  try {
    for (;;) writeSync(file, Buffer.alloc(size));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOSPC') throw error;
  }
}

function listChildren(pid: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      return Number(parent) === pid ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const place = probe.address();
      probe.close(() => resolve(typeof place === 'object' && place !== null ? place.port : 0));
    });
  });
}
