import { join } from 'node:path';
import { listCgroupRoots } from './list-cgroup-roots.ts';
import { toHostFiles } from './to-host-files.ts';
import type { HostNames } from './to-lab-names.ts';

// Called with the hostname, the engine's cgroup and the resolv.conf; the rest is dockerd's own command line.
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
mount --bind "$3" "$resolv"
shift 3
exec "$@"`;

/**
 * The command that becomes a host's dockerd: in the host's network namespace, with a hostname and mounts of its own,
 * in its cgroup. Not `ip netns exec`, which remounts /sys and hides the cgroups.
 * @param dockerd by path or by its name in the PATH
 */
export function toEngineCommand(host: HostNames, address: string, dockerd: string): string[] {
  const files = toHostFiles(host);
  return [
    ...['nsenter', `--net=/run/netns/${host.netns}`, 'unshare', '--uts', '--mount'],
    ...[
      'sh',
      '-c',
      SCRIPT,
      'sh',
      host.hostname,
      join(findCgroupRoot(), host.cgroup, 'engine'),
      files.resolvConf,
    ],
    ...[dockerd, '--config-file', files.config, '--pidfile', files.pidFile],
    ...['--data-root', files.dataRoot, '--exec-root', files.execRoot],
    // Whoever runs this machine's cgroups, the lab's are plain folders.
    ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', `/${host.cgroup}/containers`],
    // Also where every Docker has it: in the host's own /run.
    ...[
      '-H',
      `unix://${files.socket}`,
      '-H',
      'unix:///run/docker.sock',
      '-H',
      `tcp://${address}:2375`,
      '--tls=false',
    ],
    ...['--bip', '192.168.211.1/24', '--default-address-pool', 'base=192.168.212.0/22,size=26'],
    ...['--shutdown-timeout', '3'],
  ];
}

/** One hierarchy is enough for the engine: by it its processes are found when they are to end. */
function findCgroupRoot(): string {
  const roots = listCgroupRoots();
  const root = roots.find(({ controllers }) => controllers?.includes('pids')) ?? roots[0];
  if (root === undefined) throw new Error('The lab needs cgroups: none are mounted below /sys/fs/cgroup.');
  return root.path;
}
