import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAddress } from './create-network.ts';
import { listCgroupRoots } from './list-cgroup-roots.ts';
import { cleanEnv, run } from './run.ts';
import type { HostNames } from './to-lab-names.ts';
import { waitFor } from './wait-for.ts';

// `$0` is the host's folder, `$1` its hostname, `$2` its engine's cgroup; the rest is dockerd's own command line.
// - This machine's /run is hidden: sockets of shims, locks and plugins would be left there after a SIGKILL, and a copy
//   of the mounts in /run/netns would keep other hosts' networks alive.
// - The name server is one that is not there, or each task would wait 20 s for a pull to fail.
const SCRIPT = `set -e
hostname "$1"
mkdir -p "$2"
echo $$ > "$2/cgroup.procs"
resolv=$(readlink -m /etc/resolv.conf)
umount -l -R /run/netns 2>/dev/null || true
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p "$(dirname "$resolv")"
[ -e "$resolv" ] || : > "$resolv"
mount --bind "$0/resolv.conf" "$resolv"
shift 2
exec "$@"`;

/** Where a host keeps its things. */
export function toHostFiles(host: HostNames) {
  return {
    socket: join(host.folder, 'docker.sock'),
    log: join(host.folder, 'dockerd.log'),
    config: join(host.folder, 'daemon.json'),
    dataRoot: join(host.folder, 'data'),
    execRoot: join(host.folder, 'exec'),
    pidFile: join(host.folder, 'docker.pid'),
  };
}

export interface EngineOptions {
  /** The dockerd to start, by path or by its name in the PATH. */
  dockerd: string;
  signal?: AbortSignal;
}

/**
 * Starts a host's Docker engine and waits until it answers.
 *
 * @throws with the end of its log when it does not within 60 s
 */
export async function startEngine(
  host: HostNames,
  network: [number, number],
  { dockerd, signal }: EngineOptions,
): Promise<void> {
  const files = toHostFiles(host);
  // As on a machine that boots: nothing of what is meant to live in /run.
  for (const path of [files.execRoot, files.pidFile, files.socket])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(host.folder, { recursive: true });
  writeFileSync(join(host.folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  // In place of this machine's own /etc/docker/daemon.json.
  writeFileSync(files.config, '{}\n');
  const command = [
    dockerd,
    ...['--config-file', files.config, '--data-root', files.dataRoot, '--exec-root', files.execRoot],
    ...['--pidfile', files.pidFile, '--cgroup-parent', `/${host.cgroup}/containers`],
    ...['--exec-opt', 'native.cgroupdriver=cgroupfs'],
    ...['-H', `unix://${files.socket}`, '-H', `tcp://${toAddress(network, host.number)}:2375`, '--tls=false'],
    ...['--bip', '192.168.211.1/24', '--default-address-pool', 'base=192.168.212.0/22,size=26'],
    ...['--shutdown-timeout', '3'],
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
      join(findEngineRoot(), host.cgroup, 'engine'),
      ...command,
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

/** The engine needs to be in one hierarchy only: by this its processes are found when they are to end. */
function findEngineRoot(): string {
  const roots = listCgroupRoots();
  const root = roots.find(({ controllers }) => controllers?.includes('pids')) ?? roots[0];
  if (root === undefined) throw new Error('The lab needs cgroups: none are mounted below /sys/fs/cgroup.');
  return root.path;
}

function tail(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-20).join('\n') : '(none)';
}
