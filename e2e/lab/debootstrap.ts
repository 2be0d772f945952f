import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toEngineRoot } from './engine-root.ts';
import { type MadeEngine, madeEngines } from './engines.ts';
import { isThere } from './ensure-tools.ts';
import { installPackages } from './install-packages.ts';
import { readMajor } from './read-major.ts';
import { run } from './run.ts';

const PACKAGES = ['docker.io', 'iptables', 'iproute2', 'ca-certificates'];
const TIMEOUT_MS = 600_000;
/** Whoever is ended takes every child and mount along. */
const CONTAINED = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/**
 * Makes a folder that holds a distribution with its Docker engine.
 * @param folder must not exist; what is in it after an error is of no use
 * @throws with what to do when debootstrap or the distribution's mirror cannot be had, or has another engine by now
 */
export async function debootstrap(engine: MadeEngine, folder: string, signal?: AbortSignal): Promise<void> {
  const { title, suite, mirror, components, packages, script, keys } = madeEngines[engine];
  const cannot = (why: string) => new Error(`The lab cannot make the engine ${engine} of ${title}: ${why}`);
  if (!isThere('debootstrap')) {
    await installPackages('The lab', ['debootstrap', 'debian-archive-keyring'], signal).catch(
      (error: Error) => {
        throw cannot(error.message);
      },
    );
  }
  const name = existsSync(`/usr/share/debootstrap/scripts/${suite}`) ? suite : script;
  const keyring = keys === null ? [] : [`--keyring=${join(toEngineRoot(keys.engine), keys.file)}`];
  const options = [
    ...['--variant=minbase', `--components=${components}`, ...keyring],
    `--include=${[...PACKAGES, ...packages].join(',')}`,
  ];
  process.stderr.write(`making the engine ${engine} of ${title}, once for this machine\n`);
  try {
    // With the caller's environment: it may hold a proxy.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    const command = ['debootstrap', ...options, suite, folder, mirror, name];
    await run('unshare', [...CONTAINED, ...command], { signal, timeoutMs: TIMEOUT_MS, env });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw cannot(`debootstrap does not get it from ${mirror}.\n${(error as Error).message.slice(-2_000)}`);
  }
  for (const path of ['var/cache/apt', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale'])
    rmSync(join(folder, path), { recursive: true, force: true });
  const major = await readMajor('chroot', folder, 'dockerd');
  if (major !== engine) throw cannot(`its docker.io is ${major} by now.`);
}
