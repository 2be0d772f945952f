import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root as repository } from '#e2e/support/root.ts';
import { run } from './run.ts';

const BUSYBOX = '/bin/busybox';
/** What the built modules of the packages link to, besides what Node does. */
const LIBRARIES = ['librt.so.1', 'libdl.so.2', 'libpthread.so.0'];
const FOLDERS = ['bin', 'usr/bin', 'usr/local/bin', 'etc', 'tmp', 'root', 'home/node', 'proc', 'sys', 'dev'];

/** The tar archives of two images' file systems. */
export interface BaseImages {
  /** Node, a shell and glibc: to run with. */
  base: string;
  /** The same with npm and its cache, so that `npm ci` needs no network: to build with. */
  buildBase: string;
}

/** Makes base images for the product's Dockerfile in `folder`, of what this machine has. */
export async function buildBaseImages(folder: string): Promise<BaseImages> {
  const files = { base: join(folder, 'base.tar'), buildBase: join(folder, 'build-base.tar') };
  const root = join(folder, 'base');
  rmSync(root, { recursive: true, force: true });
  for (const path of FOLDERS) mkdirSync(join(root, path), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  copyFileSync(existsSync(BUSYBOX) ? BUSYBOX : '/usr/bin/busybox', join(root, 'bin/busybox'));
  for (const name of (await run(BUSYBOX, ['--list'])).split('\n'))
    if (name !== 'busybox') symlinkSync('busybox', join(root, 'bin', name));
  symlinkSync('/bin/env', join(root, 'usr/bin/env'));
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n',
  );
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnode:x:1000:\n');
  addNode(root);
  await run('tar', ['-C', root, '-cf', files.base, '.'], { timeoutMs: 120_000 });
  addNpm(root);
  await run('tar', ['-C', root, '-cf', files.buildBase, '.'], { timeoutMs: 120_000 });
  rmSync(root, { recursive: true });
  return files;
}

function addNode(root: string): void {
  const node = process.execPath;
  copyFileSync(node, join(root, 'usr/local/bin/node'));
  chmodSync(join(root, 'usr/local/bin/node'), 0o755);
  for (const library of listLibraries(node)) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
}

function addNpm(root: string): void {
  const ask = (...args: string[]) => execFileSync('npm', args, { encoding: 'utf8', cwd: repository }).trim();
  const npm = 'usr/local/lib/node_modules/npm';
  cpSync(join(ask('root', '-g'), 'npm'), join(root, npm), { recursive: true, dereference: true });
  symlinkSync(`/${npm}/bin/npm-cli.js`, join(root, 'usr/local/bin/npm'));
  cpSync(join(ask('config', 'get', 'cache'), '_cacache'), join(root, 'root/.npm/_cacache'), {
    recursive: true,
  });
  writeFileSync(join(root, 'root/.npmrc'), 'offline=true\nupdate-notifier=false\n');
}

/** Paths of the shared libraries that Node and the built modules need, the loader among them. */
function listLibraries(node: string): string[] {
  const lines = execFileSync('ldd', [node], { encoding: 'utf8' }).split('\n');
  const paths = lines.flatMap((line) => /(?:=> |^\s*)(\/\S+)/.exec(line)?.[1] ?? []);
  const libc = paths.find((path) => basename(path) === 'libc.so.6') ?? '/lib/x86_64-linux-gnu/libc.so.6';
  const more = LIBRARIES.map((name) => join(dirname(libc), name)).filter((path) => existsSync(path));
  return [...new Set([...paths, ...more])];
}
