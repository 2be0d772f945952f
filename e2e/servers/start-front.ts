import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';

/** What may stand between a server and PostgreSQL. */
export type FrontName = 'haproxy' | 'pgbouncer';

export interface Front {
  port: number;
  close(): void;
}

const PROGRAMS: Readonly<Record<FrontName, string>> = {
  haproxy: '/usr/sbin/haproxy',
  pgbouncer: '/usr/sbin/pgbouncer',
};
const SETPRIV = ['/usr/bin/setpriv', '--pdeathsig', 'KILL'];
/** PgBouncer refuses to run as root. */
const AS_NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];

export function hasFront(name: FrontName): boolean {
  return existsSync(PROGRAMS[name]);
}

/** A front of this kind before PostgreSQL at this address; PgBouncer in its session mode. */
export async function startFront(name: FrontName, address: PostgresAddress): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), `vitals-${name}-`));
  const port = await findFreePort();
  const file = join(folder, 'front.conf');
  writeFileSync(join(folder, 'users'), `"${address.user}" "${address.password}"\n`);
  writeFileSync(file, name === 'haproxy' ? toHaproxy(port, address) : toPgbouncer(port, address, folder));
  for (const [path, mode] of [
    [folder, 0o755],
    [file, 0o644],
    [join(folder, 'users'), 0o644],
  ] as const)
    chmodSync(path, mode);
  const [run = '', ...args] =
    name === 'haproxy'
      ? [...SETPRIV, PROGRAMS.haproxy, '-db', '-f', file]
      : [...SETPRIV, ...AS_NOBODY, PROGRAMS.pgbouncer, file];
  const child: ChildProcess = spawn(run, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (text) => {
    said = `${said}${text}`.slice(-2_000);
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  await waitFor(async () => isOver() || (await isOpen(port)), 10_000, `${name}; it said: ${said}`);
  if (isOver()) throw new Error(`${name} did not start: ${said}`);
  return {
    port,
    close() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function toHaproxy(port: number, to: PostgresAddress): string {
  return `defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
listen postgres
  bind 127.0.0.1:${port}
  server one 127.0.0.1:${to.port} check inter 500ms on-marked-down shutdown-sessions
`;
}

function toPgbouncer(port: number, to: PostgresAddress, folder: string): string {
  return `[databases]
* = host=127.0.0.1 port=${to.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users')}
pool_mode = session
default_pool_size = 50
server_login_retry = 1
`;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
