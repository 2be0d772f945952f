import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAddress } from './create-network.ts';
import { cleanEnv, run } from './run.ts';
import type { HostNames } from './to-lab-names.ts';
import { waitFor } from './wait-for.ts';

// `$0` is the host's folder, `$1` its hostname; the rest is dockerd's own command line. The name server is one that is
// not there, or each task would wait 20 s for a pull to fail.
const SCRIPT = `set -e
mount --make-rprivate /
hostname "$1"
mount --bind "$0/resolv.conf" /etc/resolv.conf
shift
exec "$@"`;

/** Where a host keeps its things. */
export function toHostFiles(host: HostNames) {
  return {
    socket: join(host.folder, 'docker.sock'),
    log: join(host.folder, 'dockerd.log'),
    pidFile: join(host.folder, 'docker.pid'),
  };
}

/**
 * Starts a host's Docker engine and waits until it answers.
 *
 * @throws with the end of its log when it does not within 60 s
 */
export async function startEngine(
  host: HostNames,
  network: [number, number],
  signal?: AbortSignal,
): Promise<void> {
  const files = toHostFiles(host);
  mkdirSync(host.folder, { recursive: true });
  writeFileSync(join(host.folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  rmSync(files.pidFile, { force: true });
  rmSync(join(host.folder, 'exec', 'containerd', 'containerd.pid'), { force: true });
  const dockerd = [
    'dockerd',
    ...['--data-root', join(host.folder, 'data'), '--exec-root', join(host.folder, 'exec')],
    ...['--pidfile', files.pidFile, '--cgroup-parent', `/${host.cgroup}`],
    ...['-H', `unix://${files.socket}`, '-H', `tcp://${toAddress(network, host.number)}:2375`, '--tls=false'],
    ...['--bip', '192.168.211.1/24', '--default-address-pool', 'base=192.168.212.0/22,size=26'],
    ...['--storage-driver', 'overlay2', '--shutdown-timeout', '3'],
  ];
  const log = openSync(files.log, 'a');
  const child = spawn(
    'nsenter',
    [
      `--net=/run/netns/${host.netns}`,
      'unshare',
      '-u',
      '-m',
      'sh',
      '-c',
      SCRIPT,
      host.folder,
      host.hostname,
      ...dockerd,
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...cleanEnv, DOCKER_SERVICE_PREFER_OFFLINE_IMAGE: '1' },
    },
  );
  closeSync(log);
  child.unref();
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  try {
    await waitFor(
      async () => {
        if (ended) return 'ended';
        await run('docker', ['-H', `unix://${files.socket}`, 'version', '--format', '{{.Server.Version}}'], {
          timeoutMs: 5_000,
        });
        return 'up';
      },
      60_000,
      `the engine of ${host.hostname}`,
      signal,
    );
    if (ended) throw new Error(`The engine of ${host.hostname} ended at its start.`);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(`${(error as Error).message}\nThe end of its log:\n${tail(files.log)}`, { cause: error });
  }
}

function tail(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-20).join('\n') : '(none)';
}
