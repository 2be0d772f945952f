import type { Case } from '#e2e/cases/case.ts';
import { refused } from '#e2e/cases/texts-as-cases.ts';

const RUNC =
  'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/** Written before their rules were looked at: texts. */
export const CASES: Case[] = [
  refused(
    'more-cpus-than-there-are',
    'a limit of more processors than the node has',
    'ours',
    'range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available',
    { says: ['docker02', /2 CPUs|2\.00/], never: [/its command/i, /cgroup/i] },
  ),
  refused(
    'limit-too-small-to-start',
    'its limit of memory is so small that it cannot even start',
    'ours',
    `${RUNC}container init was OOM-killed (memory limit too low?): unknown`,
    { says: [/memory limit/], never: [/its command/i] },
  ),
  refused(
    'least-memory',
    'a limit of memory below what Docker takes',
    'ours',
    'Minimum memory limit allowed is 6MB',
    { says: ['6MB'], never: [/out of memory/i] },
  ),
  refused(
    'stale-mount',
    'the folder is a mount whose server is gone: stale file handle',
    'ours',
    `${RUNC}error during container init: error mounting "/mnt/nas/media" to rootfs at "/media": stat /mnt/nas/media: stale NFS file handle: unknown`,
    { says: ['/mnt/nas/media', 'docker02'], never: [/one is a file/, /its command/i] },
  ),
  refused(
    'mount-source-exists',
    'the folder of a bind mount is a dead FUSE mount: it is there, and cannot be made',
    'ours',
    "starting container failed: error while creating mount source path '/mnt/gluster/app': mkdir /mnt/gluster/app: file exists",
    { says: ['/mnt/gluster/app', 'docker02', /mount/], never: [/its command/i] },
  ),
  refused(
    'disk-of-errors',
    'the disk of the node gives errors',
    'ours',
    'mkdir /var/lib/docker/overlay2/5f3c9-init: input/output error',
    { says: ['docker02', /input\/output error/], never: [/is full/] },
  ),
  refused(
    'file-system-broken',
    'the file system of the node wants to be repaired',
    'ours',
    'error creating overlay mount to /var/lib/docker/overlay2/5f3c9-init/merged: structure needs cleaning',
    { says: ['docker02', 'structure needs cleaning'], never: [/is full/] },
  ),
  refused(
    'pools-overlap',
    'the subnet of a network is the node’s own already',
    'ours',
    'failed to allocate network resources for node: invalid pool request: Pool overlaps with other one on this address space',
    { says: [/overlap/i], never: [/port/] },
  ),
  refused(
    'no-vxlan-in-the-kernel',
    'a Raspberry Pi whose kernel has no VXLAN: nothing on an overlay starts there',
    'ours',
    'network sandbox join failed: subnet sandbox join failed for "10.0.1.0/24": error creating vxlan interface: operation not supported',
    { cause: 'network-failed', says: ['docker02', /vxlan/i, /kernel|module|modprobe|linux-modules-extra/] },
  ),
  refused(
    'vxlan-port-taken',
    'something else on the node has the port of VXLAN',
    'ours',
    'network sandbox join failed: subnet sandbox join failed for "10.0.1.0/24": vxlan interface creation failed for subnet "10.0.1.0/24": failed to set link up: address already in use',
    { cause: 'network-failed', says: ['docker02', /4789|data-path-port/], never: [/Host port/] },
  ),
  refused(
    'image-of-another-platform',
    'the image on the node is of another architecture than was asked for',
    'ours',
    'image with reference sha256:0a1b was found but its platform (linux/arm64) does not match the specified platform (linux/amd64)',
    { says: ['linux/arm64', 'linux/amd64', 'docker02'], never: [/could not be pulled/] },
  ),
  refused(
    'config-of-the-rotation',
    'a config was rotated, and the node was not given it',
    'https://github.com/sugar-org/swarm-external-secrets/issues/78',
    'secret reference 3wbndrvv3xha6avsnncqaxsox not found',
    { cause: 'secret-missing', says: ['3wbndrvv3xha6avsnncqaxsox', 'docker02'] },
  ),
  refused(
    'awslogs-without-a-role',
    'the log driver has no credentials on that node',
    'ours',
    'starting container failed: failed to create task for container: failed to initialize logging driver: failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found',
    { cause: 'log-driver', says: ['docker02', /no EC2 IMDS role found/] },
  ),
  refused(
    'runtime-not-known',
    'a runtime that the node’s daemon.json does not name',
    'ours',
    'unknown or invalid runtime name: nvidia',
    { says: ['nvidia', 'docker02', /runtime/] },
  ),
  refused(
    'pull-cut-off',
    'a pull that was cut off: no guess about a login',
    'ours',
    'failed to register layer: unexpected EOF',
    { says: ['unexpected EOF'], never: [/--with-registry-auth/, /full/] },
  ),
  refused(
    'words-of-nobody',
    'words that nobody knows',
    'ours',
    'the frobnicator of node port 80 refused to allocate an image for its secret command',
    {
      says: ['the frobnicator of node port 80 refused'],
      never: [/Host port/, /could not be pulled/, /secret .* is/],
    },
  ),
];
