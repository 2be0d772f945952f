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
import { join } from 'node:path';
import { images } from './images.ts';
import { run } from './run.ts';

const BUSYBOX = '/bin/busybox';

const WEB_CHECK =
  'HEALTHCHECK --interval=5s --timeout=3s --retries=3 CMD wget -q -O - http://127.0.0.1:8080/healthcheck';

/** Builds the images' file systems as tar archives in `folder`; a host takes them in with {@link importImages}. */
export async function buildImages(folder: string): Promise<void> {
  const root = join(folder, 'root');
  rmSync(root, { recursive: true, force: true });
  for (const path of ['bin', 'etc', 'tmp', 'www', 'proc', 'sys', 'dev'])
    mkdirSync(join(root, path), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  copyFileSync(existsSync(BUSYBOX) ? BUSYBOX : '/usr/bin/busybox', join(root, 'bin/busybox'));
  for (const name of (await run(BUSYBOX, ['--list'])).split('\n')) {
    if (name !== 'busybox') symlinkSync('busybox', join(root, 'bin', name));
  }
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  await pack(root, join(folder, 'sleep.tar'));
  const bare = join(folder, 'bare');
  mkdirSync(bare);
  // Busybox does what its name says.
  copyFileSync(join(root, 'bin/busybox'), join(bare, 'sleep'));
  await pack(bare, join(folder, 'bare.tar'));
  rmSync(bare, { recursive: true });
  for (const version of ['1', '2']) {
    const web = join(folder, `web${version}`);
    cpSync(root, web, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(web, 'www/index.html'), `web ${version}\n`);
    writeFileSync(join(web, 'www/healthcheck'), 'ok\n');
    await pack(web, join(folder, `web${version}.tar`));
    rmSync(web, { recursive: true });
  }
  rmSync(root, { recursive: true });
}

/** Takes the images into one host's engine. */
export async function importImages(
  folder: string,
  docker: (...args: string[]) => Promise<string>,
): Promise<void> {
  const take = (file: string, image: string, changes: string[]) =>
    docker('import', ...changes.flatMap((change) => ['--change', change]), join(folder, file), image);
  // As process 1 a shell ignores signals that it has no trap for.
  const untilSignal = (work: string) => `CMD ["/bin/sh","-c","trap 'exit 0' TERM; ${work} & wait"]`;
  await take('web1.tar', images.web, [WEB_CHECK, untilSignal('httpd -f -p 8080 -h /www')]);
  await take('web2.tar', images.web2, [WEB_CHECK, untilSignal('httpd -f -p 8080 -h /www')]);
  await take('sleep.tar', images.sleep, [untilSignal('sleep 1000000')]);
  await take('bare.tar', images.bare, ['CMD ["/sleep","1000000"]']);
}

async function pack(root: string, file: string): Promise<void> {
  await run('tar', ['-C', root, '-cf', file, '.']);
}
