import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LabHost } from './lab.ts';
import { run } from './run.ts';

const BUSYBOX = '/bin/busybox';
const USER = 999;
/** What a start needs; the compiler of queries, which is large, is left out. */
const PROGRAMS = ['postgres', 'initdb'];
const LEFT_OUT = /^(bitcode|llvmjit|pgxs)/;

export interface PostgresImage {
  tag: string;
  /** Its only user, who owns its only database, `postgres`. */
  user: string;
  password: string;
}

/**
 * Makes an image of this machine's PostgreSQL on a host of a lab. It makes its database at each start, and listens on 5432.
 * @param bin where PostgreSQL's programs are
 */
export async function buildPostgresImage(host: LabHost, folder: string, bin: string): Promise<PostgresImage> {
  const image = { tag: 'vitals-postgres:1', user: 'vitals', password: 'a-password' };
  const root = join(folder, 'postgres');
  rmSync(root, { recursive: true, force: true });
  for (const path of ['bin', 'etc', 'tmp', 'data', 'proc', 'sys', 'dev', 'run'])
    mkdirSync(join(root, path), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  chownSync(join(root, 'data'), USER, USER);
  copyFileSync(existsSync(BUSYBOX) ? BUSYBOX : '/usr/bin/busybox', join(root, 'bin/busybox'));
  for (const name of (await run(BUSYBOX, ['--list'])).split('\n'))
    if (name !== 'busybox') symlinkSync('busybox', join(root, 'bin', name));
  writeFileSync(
    join(root, 'etc/passwd'),
    `root:x:0:0:root:/:/bin/sh\npostgres:x:${USER}:${USER}::/data:/bin/sh\n`,
  );
  writeFileSync(join(root, 'etc/group'), `root:x:0:\npostgres:x:${USER}:\n`);
  writeFileSync(join(root, 'etc/password'), image.password);
  const lib = join(dirname(bin), 'lib');
  const share = execFileSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8' }).trim();
  copy(root, share);
  cpSync(lib, join(root, lib), { recursive: true, filter: (path) => !LEFT_OUT.test(basename(path)) });
  mkdirSync(join(root, bin), { recursive: true });
  for (const name of PROGRAMS) copyFileSync(join(bin, name), join(root, bin, name));
  const needed = [...PROGRAMS.map((name) => join(bin, name)), join(lib, 'plpgsql.so')];
  for (const library of new Set(needed.flatMap(listLibraries))) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  const make = `initdb -D /data/db -U ${image.user} --auth=scram-sha-256 --pwfile=/etc/password --no-sync -E UTF8 --no-locale`;
  const start =
    "exec postgres -D /data/db -c listen_addresses='*' -c unix_socket_directories= -c shared_buffers=16MB";
  const allow = "echo 'host all all all scram-sha-256' >>/data/db/pg_hba.conf";
  const archive = join(folder, 'postgres.tar');
  await run('tar', ['-C', root, '-cf', archive, '.'], { timeoutMs: 120_000 });
  rmSync(root, { recursive: true });
  await host.docker(
    ...['import', '--change', `ENV PATH=${bin}:/bin`, '--change', 'USER postgres'],
    ...[
      '--change',
      `CMD ${JSON.stringify(['sh', '-c', `rm -rf /data/db && ${make} && ${allow} && ${start}`])}`,
    ],
    ...[archive, image.tag],
  );
  rmSync(archive);
  return image;
}

function copy(root: string, path: string): void {
  cpSync(path, join(root, path), { recursive: true, dereference: true, filter: (from) => existsSync(from) });
}

/** Of a program: the paths of the shared libraries that it needs, the loader among them. */
function listLibraries(program: string): string[] {
  const lines = execFileSync('ldd', [program], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => /(?:=> |^\s*)(\/\S+)/.exec(line)?.[1] ?? []);
}
