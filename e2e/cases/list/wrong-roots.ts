import type { Case } from '#e2e/cases/case.ts';
import { failing, refused } from '#e2e/cases/texts-as-cases.ts';

const NOT_THE_DISK = /the disk of|cannot write its disk/i;
const NOT_THE_COMMAND = /its command/i;
const CREATE =
  'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

/** Texts that were told of the wrong one: of a disk, a registry, a server or the command that had no part in it. */
export const CASES: Case[] = [
  refused(
    'nested-in-read-only',
    'one thing is mounted within another that is read-only: the disk is fine',
    'https://github.com/microsoft/hcsshim/pull/2848',
    `${CREATE}error mounting "/srv/conf/app.yml" to rootfs at "/etc/coredns/custom": create mountpoint for /etc/coredns/custom mount: mkdirat /var/lib/docker/overlay2/0f1e2d/merged/etc/coredns/custom: read-only file system: unknown`,
    {
      cause: 'mount-missing',
      says: ['Nothing can be mounted at /etc/coredns/custom on docker02', 'mounted read-only'],
      never: [NOT_THE_DISK],
    },
  ),
  refused(
    'folder-called-docker',
    'a folder of a service is called docker, and what it is on fails: not the disk of the engine',
    'https://github.com/devcontainers/images/issues/251',
    'invalid mount config for type "bind": stat /volume1/docker/app: input/output error',
    {
      cause: 'mount-missing',
      says: ['/volume1/docker/app cannot be mounted on docker02 (input/output error)'],
      never: [NOT_THE_DISK],
    },
  ),
  refused(
    'systemd-asks',
    'systemd lets the runtime make no control group: no registry, no login',
    'https://github.com/google/gvisor/issues/11543',
    'starting container failed: OCI runtime create failed: runc create failed: unable to start unit "docker-0f1e.scope": Interactive authentication required.: unknown',
    {
      cause: 'runtime-failed',
      says: ['systemd of docker02 gives it no control group'],
      never: [/registry/i, /login/i],
    },
  ),
  refused(
    'systemd-without-dbus',
    'systemd does not answer the runtime',
    'https://github.com/moby/moby/issues/47824',
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to apply cgroup configuration: unable to start unit "docker-dbca.scope" (properties [{Name:Description Value:"libcontainer container dbca"}]): The name org.freedesktop.systemd1 was not provided by any .service files: unknown',
    {
      cause: 'runtime-failed',
      says: ['systemd of docker02 gives it no control group'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'proc-in-lxc',
    'runc may not mount /proc in an LXC container: no volume of the service',
    'https://github.com/stonith404/pingvin-share/issues/408',
    `${CREATE}error mounting "proc" to rootfs at "/proc": mount proc:/proc (via /proc/self/fd/6), flags: 0xe: permission denied: unknown`,
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed'],
      never: [/proc cannot be mounted/i, /volume/i],
    },
  ),
  refused(
    'no-cifs-module',
    'after an update the kernel of a node knows no CIFS: its server has no part in it',
    'https://github.com/docker/cli/issues/4632',
    "error while mounting volume '/var/lib/docker/volumes/shop_data/_data': failed to mount local volume: mount //files.example.com/shop:/var/lib/docker/volumes/shop_data/_data, data: addr=10.0.0.5,username=shop,password=********,file_mode=0777,vers=3.0: no such device",
    {
      cause: 'mount-missing',
      says: ['Volume shop_data cannot be mounted on docker02', 'Its kernel module is missing'],
      never: [/can docker02 reach/i],
    },
  ),
  refused(
    'no-such-share',
    'a file server without such a share: no missing module',
    'ours',
    "error while mounting volume '/var/lib/docker/volumes/shop_data/_data': failed to mount local volume: mount //10.0.0.5/shop:/var/lib/docker/volumes/shop_data/_data, data: username=shop,password=********: no such device or address",
    {
      cause: 'mount-missing',
      says: ['no such device or share'],
      never: [/not known to the kernel/i, /module/i],
    },
  ),
  refused(
    'no-br-netfilter',
    'a kernel without br_netfilter, since engine 27.3: the network, and no sysctl of the service',
    'https://github.com/moby/moby/issues/48948',
    'error creating external connectivity network: cannot restrict inter-container communication: ensure that the br_netfilter kernel module is loaded',
    {
      cause: 'network-failed',
      says: ['its kernel has no module br_netfilter', 'modprobe br_netfilter'],
      never: [/sysctl/i],
    },
  ),
  refused(
    'no-bridge-nf-call',
    'the same, as engine 28 says it',
    'https://github.com/moby/moby/issues/52294',
    'starting container failed: cannot restrict inter-container communication or run without the userland proxy: stat /proc/sys/net/bridge/bridge-nf-call-iptables: no such file or directory: set environment variable DOCKER_IGNORE_BR_NETFILTER_ERROR=1 to ignore',
    { cause: 'network-failed', says: ['its kernel has no module br_netfilter'], never: [/a sysctl/i] },
  ),
  refused(
    'no-vxlan',
    'a kernel without vxlan makes no overlay network',
    'https://github.com/warpme/miniarch/issues/103',
    'network sandbox join failed: subnet sandbox join failed for "10.0.0.0/24": error creating vxlan interface: operation not supported',
    { cause: 'network-failed', says: ['its kernel has no module vxlan', 'modprobe vxlan'] },
  ),
  refused(
    'oci-index-not-asked-for',
    'an engine too old for the format of an image: its tag is there',
    'https://github.com/sergi0g/cup/issues/132',
    'manifest unknown: OCI index found, but accept header does not support OCI indexes',
    {
      cause: 'image-missing',
      says: ['in a format that the engine of docker02 does not read'],
      never: [/no such tag/i],
    },
  ),
  refused(
    'layer-of-windows',
    'a layer of Windows that is not there: no word about the command',
    'ours',
    'starting container failed: hcsshim::ActivateLayer failed in Win32: The system cannot find the file specified. (0x2) id=0f1e',
    { cause: 'ended', says: ['Its container could not be started on docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'reference-not-checked',
    'a volume whose driver could not be asked: nothing was removed there',
    'https://github.com/rexray/rexray/issues/936',
    'create acme_db: found reference to volume \'acme_db\' in driver \'rexray/ebs:latest\', but got an error while checking the driver: error while checking if volume "acme_db" exists in driver "rexray/ebs:latest": VolumeDriver.Get: rpc error: code = Unavailable',
    { cause: 'mount-missing', says: ['acme_db'], never: [/was removed there/i, /docker volume rm/i] },
  ),
  refused(
    'folder-with-blanks',
    'a folder with a blank in its name that is not there: the whole of it is named',
    'ours',
    'invalid mount config for type "bind": bind source path does not exist: /srv/app data/conf',
    { cause: 'mount-missing', says: ['The folder /srv/app data/conf that it mounts does not exist'] },
  ),
  refused(
    'folder-on-a-full-share',
    'a folder cannot be made, for the share it is on is full: not the disk of the node',
    'ours',
    "starting container failed: error while creating mount source path '/mnt/nas/shop': mkdir /mnt/nas/shop: no space left on device",
    {
      cause: 'mount-missing',
      says: ['/mnt/nas/shop', 'its file system is full'],
      never: [NOT_THE_DISK],
    },
  ),
  refused(
    'connect-would-block',
    'containerd takes no more connections at the moment: no want of processes',
    'ours',
    'starting container failed: connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: resource temporarily unavailable"',
    { cause: 'runtime-failed', never: [/processes/i] },
  ),
  refused(
    'veth-without-master',
    'the interface of an overlay is gone',
    'https://github.com/moby/moby/issues/28869',
    'starting container failed: could not add veth pair inside the network sandbox: could not find an appropriate master "ov-000100-bsbmy" for "veth637385d"',
    { cause: 'network-failed', says: ['Its network could not be set up on docker02'] },
  ),
  refused(
    'tini-of-the-image',
    'an image without the tini that its own entry point names: not the node’s, and no --init',
    'https://github.com/alexbudure/queuedash/pull/71',
    `${CREATE}exec: "tini": executable file not found in $PATH: unknown`,
    {
      cause: 'command-cannot-start',
      says: ['Its command tini cannot start: it is not in the image.'],
      never: [/--init/],
    },
  ),
  refused(
    'image-called-unauthorized',
    'an image whose name has a word of registries in it is nowhere: no login',
    'ours',
    'No such image: acme/unauthorized-proxy:1',
    {
      cause: 'image-missing',
      says: ['it is not on docker02 and could not be pulled'],
      never: [/refuses the login/],
    },
  ),
  refused(
    'not-shared',
    'a folder that the machine of Docker Desktop does not see: no registry',
    'ours',
    'starting container failed: Mounts denied: \nThe path /srv/app is not shared from the host and is not known to Docker.',
    {
      cause: 'mount-missing',
      says: ['/srv/app cannot be mounted on docker02'],
      never: [/registry/i, /login/i],
    },
  ),
  refused(
    'limit-below-its-use',
    'a memory limit that the runtime itself is above: the limit, and not the node',
    'ours',
    'starting container failed: OCI runtime create failed: runc create failed: error setting cgroup config for procHooks process: unable to set memory limit to 6291456 (current usage: 7000000, peak usage: 7000000): unknown',
    {
      cause: 'out-of-memory',
      says: ['Its memory limit is too low to start in'],
      never: [/runtime of docker02/],
    },
  ),
  refused(
    'port-kept-back',
    'Windows keeps a range of ports for itself: nothing holds the port',
    'ours',
    'starting container failed: Ports are not available: exposing port TCP 0.0.0.0:80 -> 0.0.0.0:0: listen tcp 0.0.0.0:80: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
    { cause: 'port-in-use', says: ['may not open host port 80'], never: [/already in use/] },
  ),
  refused(
    'gwbridge-used-up',
    'the bridge of a node has no address left: no overlay helps',
    'ours',
    "starting container failed: failed to set up container networking: no available IPv4 addresses on this network's address pools: docker_gwbridge (0f1e)",
    { cause: 'network-failed', says: ['docker_gwbridge has no address left'], never: [/--driver overlay/] },
  ),
  failing(
    'check-of-no-command',
    'a check that is CMD and nothing else, on engine 29.5: not the engine’s fault',
    'ours',
    { exitCode: -1, output: 'healthcheck for container 0f1e2d has no command', test: ['CMD'] },
    { cause: 'probe-command', never: [/The engine of docker02/] },
  ),
  failing(
    'probe-without-dbus',
    'systemd does not answer the runtime, so no probe can be started',
    'https://github.com/moby/moby/issues/47824',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: unable to start unit "docker-0f1e.scope": Message recipient disconnected from message bus without replying: unknown',
    },
    { cause: 'probe-engine', says: ['The engine of docker02 could not run its probe'], never: [/login/i] },
  ),
];
