import type { Case } from '#e2e/cases/case.ts';
import { refused } from '#e2e/cases/texts-as-cases.ts';

const STARTING =
  'starting container failed: failed to create task for container: failed to create shim task: ';
const RUNC = `${STARTING}OCI runtime create failed: runc create failed: unable to start container process: `;

/** Texts that have the words of one cause and mean another, or none that is known. */
export const CASES: Case[] = [
  refused(
    'no-namespaces',
    'the kernel gives out no namespaces (user.max_user_namespaces is 0): no full disk',
    'https://github.com/google/gvisor/issues/5964',
    'OCI runtime create failed: creating container: starting sandbox: fork/exec /proc/self/exe: no space left on device: unknown',
    {
      cause: 'host-limit',
      says: ['no more namespaces', 'max_user_namespaces'],
      never: [/disk of docker02/i, 'df -h'],
    },
  ),
  refused(
    'selinux-denies',
    'SELinux denies runc something: no registry, no login',
    'https://github.com/moby/moby/issues/39109',
    `${RUNC}error during container init: write /proc/self/attr/keycreate: permission denied: unknown`,
    {
      says: ['Its container could not be started on docker02', 'keycreate: permission denied'],
      never: [/registry/i, /login/i, /Image app/],
    },
  ),
  refused(
    'plugin-times-out',
    'a volume plugin takes longer than two minutes',
    'https://github.com/moby/moby/issues/37765',
    'starting container failed: error while mounting volume \'/var/lib/docker_volume_driver/vol_test_100G\': Post "http://%2Frun%2Fdocker%2Fplugins%2Fdocker_volume_driver.sock/VolumeDriver.Mount": context deadline exceeded',
    {
      cause: 'plugin-missing',
      says: ['The plugin docker_volume_driver does not answer on docker02'],
      never: [/is not on docker02/],
    },
  ),
  refused(
    'plugin-hangs-up',
    'a volume plugin ends while it is asked',
    'https://github.com/costela/docker-volume-hetzner/issues/9',
    'create mysql_data: Post "http://%2Frun%2Fdocker%2Fplugins%2Fbf53cfb6af1533728ae02cf7768a851edcf83d725a445852381a35e3dd4de7d4%2Fhetzner.sock/VolumeDriver.Create": EOF',
    {
      cause: 'plugin-missing',
      says: ['The plugin hetzner does not answer', 'volume mysql_data'],
      never: [/is not on docker02/],
    },
  ),
  refused(
    'plugin-socket-gone',
    'the socket of a volume plugin is gone: the plugin, and no folder of the service',
    'https://github.com/vmware-archive/vsphere-storage-for-docker/issues/1960',
    'Post "http://%2Frun%2Fdocker%2Fplugins%2F24ff4b45da04d67a%2Fvfile.sock/VolumeDriver.Mount": dial unix /run/docker/plugins/24ff4b45da04d67a/vfile.sock: connect: no such file or directory',
    {
      cause: 'plugin-missing',
      says: ['The plugin vfile does not answer on docker02'],
      never: [/no such folder/, /folder .* does not exist/],
    },
  ),
  refused(
    'volume-damaged',
    'the file system behind a volume is damaged: not the disk of the engine',
    'https://github.com/docker/for-mac/issues/35',
    "starting container failed: error while mounting volume '/var/lib/docker/volumes/data/_data': failed to mount local volume: mount /dev/sdb1:/var/lib/docker/volumes/data/_data: structure needs cleaning",
    {
      cause: 'mount-missing',
      says: ['Volume data cannot be mounted', 'its file system is damaged'],
      never: [/engine of docker02 cannot write/],
    },
  ),
  refused(
    'network-denied',
    'a network that nobody may attach to by hand: no shortage of addresses, and nothing that came late',
    'https://github.com/openanalytics/shinyproxy-config-examples/issues/36',
    'Could not attach to network web_net: rpc error: code = PermissionDenied desc = network web_net not manually attachable',
    { cause: 'network-failed', says: ['not manually attachable'], never: [/no address/, /in time/] },
  ),
  refused(
    'gateway-bridge-overlaps',
    'the bridge of a node overlaps another network of it',
    'https://github.com/tiagosh/AltcoinGenerator/issues/35',
    'starting container failed: error creating external connectivity network: cannot create network fb6c (docker_gwbridge): conflicts with network 4a55 (br-4a): networks have overlapping IPv4',
    { cause: 'network-failed', says: ['overlaps another one there'], never: [/port/] },
  ),
  refused(
    'overlay-meets-the-nameserver',
    'the subnet of an overlay has the nameserver of a node in it',
    'https://github.com/moby/moby/issues/33604',
    'network sandbox join failed: subnet sandbox join failed for "10.0.3.0/24": overlay subnet 10.0.3.0/24 failed check with nameserver: [nameserver 10.0.3.2]: requested network overlaps with name server',
    { cause: 'network-failed', says: ['its subnet 10.0.3.0/24 overlaps'], never: [/no address/] },
  ),
  refused(
    'files-of-the-network',
    'the engine has too many files open to make a network: the node’s limit',
    'https://github.com/moby/moby/issues/28448',
    'network sandbox join failed: could not get network sandbox (oper true): failed to create a netlink handle: too many open files',
    { cause: 'host-limit', says: ['docker02 has too many open files'] },
  ),
  refused(
    'cgroup-not-mounted',
    'control groups are not mounted at all: nothing is full',
    'https://github.com/docker/for-linux/issues/1334',
    `${STARTING}cgroups: cgroup mountpoint does not exist: unknown`,
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed', 'cgroup mountpoint does not exist'],
      never: [/no room/, /mounts does not exist/],
    },
  ),
  refused(
    'secret-not-written',
    'a secret is there, and cannot be written into its container: it is not missing',
    'https://github.com/moby/moby/blob/v28.5.2/daemon/container_operations_unix.go',
    'starting container failed: error setting ownership for secret: chown /var/lib/docker/containers/4f0c/mounts/secrets/k2: invalid argument',
    {
      says: ['Its container could not be started on docker02', 'setting ownership for secret'],
      never: [/is missing/, /not found/],
    },
  ),
  refused(
    'end-of-the-pipe',
    'runc ended before it said why: its words, and no guess',
    'https://github.com/moby/moby/issues/40835',
    "starting container failed: OCI runtime create failed: container_linux.go:367: starting container process caused: process_linux.go:352: getting the final child's pid from pipe caused: EOF: unknown",
    {
      says: ['Its container could not be started on docker02', 'from pipe caused: EOF'],
      never: [/memory/, /disk/],
    },
  ),
  refused(
    'route-of-a-network',
    'an address that a route of another network covers: that network, and not Go’s brackets',
    'https://github.com/digtalaloha/synology-docker-pihole-unbound/issues/4',
    'starting container failed: failed to add interface veth0 to sandbox: error setting interface "veth0" IP to 192.168.132.104/24: cannot program address 192.168.132.104/24 in sandbox interface because it conflicts with existing route {Ifindex: 112 Dst: 192.168.132.0/24 Src: 192.168.132.105 Gw: <nil> Flags: [] Table: 254}',
    { cause: 'network-failed', says: ['its subnet 192.168.132.0/24 overlaps'], never: [/subnet \{/] },
  ),
  refused(
    'default-route-conflicts',
    'an engine takes its default route for a conflict: no subnet overlaps',
    'https://github.com/moby/moby/issues/49197',
    'starting container failed: failed to add interface veth4 to sandbox: error setting interface "veth4" IP to 172.18.0.2/16: cannot program address 172.18.0.2/16 in sandbox interface because it conflicts with existing route {Ifindex: 5 Dst: 0.0.0.0/0 Src: <nil> Gw: 172.17.0.1 Flags: [] Table: 254 Realm: 0}',
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02'],
      never: [/subnet .*overlaps/],
    },
  ),
  refused(
    'too-many-requests',
    'a registry allows no more pulls, in the words of containerd’s image store',
    'https://github.com/rapidsai/ci-imgs/issues/427',
    'failed to resolve reference "docker.io/nvidia/cuda:12": unexpected status from HEAD request to https://registry-1.docker.io/v2/nvidia/cuda/manifests/12: 429 Too Many Requests',
    { cause: 'image-missing', says: ['the registry allows no more pulls for now'] },
  ),
  refused(
    'download-times-out',
    'a layer of an image cannot be downloaded, six times',
    'https://github.com/infiniflow/ragflow/issues/1543',
    'error pulling image configuration: download failed after attempts=6: dial tcp 107.181.166.244:443: i/o timeout',
    { cause: 'image-missing', says: ['its registry cannot be reached from docker02'] },
  ),
];
