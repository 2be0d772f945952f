import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { images } from './images.ts';
import { run } from './run.ts';

const BUSYBOX = '/bin/busybox';

const WEB_CHECK = {
  Test: ['CMD-SHELL', 'wget -q -O - http://127.0.0.1:8080/healthcheck'],
  Interval: 5_000_000_000,
  Timeout: 3_000_000_000,
  Retries: 3,
};

/** Builds the images as archives in `folder`; a host takes them in with {@link loadImages}. */
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
  await pack(root, folder, 'sleep');
  const bare = join(folder, 'bare');
  mkdirSync(bare);
  // Busybox does what its name says.
  copyFileSync(join(root, 'bin/busybox'), join(bare, 'sleep'));
  await pack(bare, folder, 'bare');
  rmSync(bare, { recursive: true });
  for (const version of ['1', '2'] as const) {
    const web = join(folder, `web${version}`);
    cpSync(root, web, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(web, 'www/index.html'), `web ${version}\n`);
    writeFileSync(join(web, 'www/healthcheck'), 'ok\n');
    await pack(web, folder, `web${version}`);
    rmSync(web, { recursive: true });
  }
  rmSync(root, { recursive: true });
}

/** Takes the images into one host's engine: the same builds, with the same ids, as in every other. */
export async function loadImages(
  folder: string,
  docker: (...args: string[]) => Promise<string>,
): Promise<void> {
  for (const name of IMAGE_NAMES) await docker('load', '--quiet', '--input', join(folder, `${name}.tar`));
}

// As process 1 a shell ignores signals that it has no trap for.
const untilSignal = (work: string) => ['/bin/sh', '-c', `trap 'exit 0' TERM; ${work} & wait`];
const WEB = { Cmd: untilSignal('httpd -f -p 8080 -h /www'), Healthcheck: WEB_CHECK };

/** `Config` of each image, as Docker has it. */
const CONFIGS = {
  web1: WEB,
  web2: WEB,
  sleep: { Cmd: untilSignal('sleep 1000000') },
  bare: { Cmd: ['/sleep', '1000000'] },
};
const TAGS = { web1: images.web, web2: images.web2, sleep: images.sleep, bare: images.bare };
const IMAGE_NAMES = ['web1', 'web2', 'sleep', 'bare'] as const;

/** An archive for `docker load`: https://github.com/moby/docker-image-spec/blob/main/v1.2.md */
async function pack(root: string, folder: string, name: (typeof IMAGE_NAMES)[number]): Promise<void> {
  const archive = join(folder, `${name}-archive`);
  mkdirSync(archive);
  const layer = join(archive, 'layer.tar');
  await run('tar', ['-C', root, '-cf', layer, '.']);
  const config = JSON.stringify({
    created: '2026-01-01T00:00:00Z',
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: 'linux',
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], ...CONFIGS[name] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest(readFileSync(layer))}`] },
  });
  const file = `${digest(config)}.json`;
  writeFileSync(join(archive, file), config);
  const manifest = [{ Config: file, RepoTags: [TAGS[name]], Layers: ['layer.tar'] }];
  writeFileSync(join(archive, 'manifest.json'), JSON.stringify(manifest));
  await run('tar', ['-C', archive, '-cf', join(folder, `${name}.tar`), 'manifest.json', file, 'layer.tar']);
  rmSync(archive, { recursive: true });
}

/** Node's names of architectures → Go's, which Docker has. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
