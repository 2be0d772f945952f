import { join } from 'node:path';
import { toEngineRoot } from './engine-root.ts';
import type { LabEngine } from './engines.ts';
import { listCgroupRoots } from './list-cgroup-roots.ts';
import { toHostFiles } from './to-host-files.ts';
import { type HostNames, labsFolder } from './to-lab-names.ts';

// Called with the hostname, the engine's cgroup, the resolv.conf, the engine's root folder or nothing, and the folder
// of the labs; the rest is dockerd's own command line.
// - This machine's /run is hidden: sockets of shims, locks and plugins would be left there after a SIGKILL, and a copy
//   of the mounts in /run/netns would keep other hosts' networks alive.
// - What the engine writes into its root is gone with it: several hosts run of the same folder at once.
// - The name server is one that is not there, or each task would wait 20 s for a pull to fail.
const SCRIPT = `set -e
hostname "$1"
mkdir -p "$2"
echo $$ > "$2/cgroup.procs"
umount -l -R /run/netns 2>/dev/null || true
mount -t tmpfs -o mode=755 tmpfs /run
if [ -n "$4" ]; then
  mkdir /run/changes /run/work /run/root
  mount -t overlay -o "lowerdir=$4,upperdir=/run/changes,workdir=/run/work" overlay /run/root
  for folder in /proc /sys /dev /lib/modules "$5"; do
    [ -d "$folder" ] || continue
    mkdir -p "/run/root$folder"
    mount --rbind "$folder" "/run/root$folder"
  done
  cd /run/root
  mkdir before
  pivot_root . before
  cd /
  mount -t tmpfs -o mode=755 tmpfs /run
  umount -l /before
fi
resolv=$(readlink -m /etc/resolv.conf)
mkdir -p "$(dirname "$resolv")"
[ -e "$resolv" ] || : > "$resolv"
mount --bind "$3" "$resolv"
shift 5
exec "$@"`;

/**
 * The command that becomes a host's dockerd: in the host's network namespace, with a hostname and mounts of its own,
 * in its cgroup. Not `ip netns exec`, which remounts /sys and hides the cgroups.
 */
export function toEngineCommand(host: HostNames, address: string, engine: LabEngine): string[] {
  const files = toHostFiles(host);
  const cgroup = join(findCgroupRoot(), host.cgroup, 'engine');
  const root = engine === 'own' ? '' : toEngineRoot(engine);
  return [
    ...['nsenter', `--net=/run/netns/${host.netns}`, 'unshare', '--uts', '--mount'],
    ...['sh', '-c', SCRIPT, 'sh', host.hostname, cgroup, files.resolvConf, root, labsFolder],
    ...['dockerd', '--config-file', files.config, '--pidfile', files.pidFile],
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
