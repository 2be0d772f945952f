import type { Case } from '#e2e/cases/case.ts';
import { failing, refused } from '#e2e/cases/texts-as-cases.ts';

const NOT_THE_COMMAND = /its command/i;
const NOT_THE_DISK = /the disk of/i;
const CREATE =
  'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

/** What kernels, runtimes and mounts say: of whom it is, and no guess where no rule knows the words. */
export const CASES: Case[] = [
  refused(
    'kernel-keys',
    'no room for a key of the kernel is no full disk',
    'https://github.com/mieweb/opensource-server/issues/279',
    `${CREATE}unable to join session keyring: unable to create session key: disk quota exceeded: unknown`,
    {
      cause: 'host-limit',
      says: ['The kernel of docker02 has no room for more keys', 'kernel.keys.maxkeys'],
      never: [NOT_THE_DISK, NOT_THE_COMMAND],
    },
  ),
  refused(
    'mount-max',
    'no room for another mount is no full disk',
    'https://github.com/moby/moby/issues/45760',
    'error creating overlay mount to /var/lib/docker/overlay2/d84f648415c4e2547dc1258b2cebe5ff-init/merged: no space left on device',
    {
      cause: 'host-limit',
      says: ['docker02 has no room for more mounts', 'fs.mount-max'],
      never: [NOT_THE_DISK],
    },
  ),
  refused(
    'shim-of-another-version',
    'an engine and a containerd that do not fit together',
    'https://github.com/docker/for-linux/issues/1535',
    'starting container failed: failed to create task for container: Unimplemented: failed to start shim: start failed: unsupported shim version (3): not implemented',
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed', 'unsupported shim version'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'shim-closed',
    'the shim ended while it was asked',
    'https://github.com/docker/sbx-releases/issues/272',
    'starting container failed: creating containerd task for container 0f1e: failed to create shim task: ttrpc: closed',
    { cause: 'runtime-failed', says: ['The container runtime of docker02 failed'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'marshal-unknown',
    'a text of containerd that no rule knows',
    'https://github.com/nestybox/sysbox/issues/749',
    'starting container failed: failed to create task for container: failed to create shim task: ttrpc: cannot marshal unknown type: *task.CreateTaskRequest: unknown',
    {
      cause: 'ended',
      says: ['Its container could not be started on docker02', 'cannot marshal unknown type'],
      never: [NOT_THE_COMMAND, /network could/i],
    },
  ),
  refused(
    'child-pid',
    'a text of an old runc that no rule knows',
    'https://github.com/intuitem/ciso-assistant-community/issues/1485',
    "starting container failed: OCI runtime create failed: container_linux.go:377: starting container process caused: process_linux.go:352: getting the final child's pid from pipe caused: EOF: unknown",
    {
      cause: 'ended',
      says: ['Its container could not be started on docker02', 'final child'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'mount-target',
    'a volume cannot be mounted where the image does not allow it',
    'https://github.com/makeplane/plane/issues/5917',
    `${CREATE}error mounting "/var/lib/docker/volumes/bee01/_data" to rootfs at "/app/web/node_modules": create mount destination for /app/web/node_modules mount: openat /var/lib/docker/overlay2/96f8/merged/app/web: operation not permitted: unknown`,
    {
      cause: 'mount-missing',
      says: ['cannot be mounted on docker02', 'permission denied'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'gpu-of-no-name',
    'no driver for GPUs, and none was named',
    'https://github.com/neuralmagic/nm-vllm/issues/404',
    'starting container failed: could not select device driver "" with capabilities: [[gpu]]',
    {
      cause: 'device-missing',
      says: ['The GPU cannot be used on docker02'],
      never: [/\(\)/, NOT_THE_COMMAND],
    },
  ),
  refused(
    'unsafe-procfs',
    'a build of runc 1.3 that takes /proc for one that somebody made up: nothing starts there',
    'https://github.com/opencontainers/runc/issues/5007',
    `${CREATE}error closing exec fds: get handle to /proc/thread-self/fd: unsafe procfs detected: openat2 fsmount:fscontext:proc/thread-self/fd/: function not implemented: unknown`,
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed', 'unsafe procfs detected'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'no-setgroups',
    'a kernel without what runc 1.3 asks for: no user of the image is at fault',
    'https://github.com/telnetdoogie/synology-docker/issues/51',
    `${CREATE}unable to setup user: unsafe procfs detected: openat2 fsmount:fscontext:proc/self/setgroups: no such file or directory: unknown`,
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed'],
      never: [NOT_THE_COMMAND, /its user/],
    },
  ),
  refused(
    'no-bpf',
    'a kernel that is too old for control groups of version 2',
    'https://github.com/hardkernel/linux/issues/433',
    `${CREATE}error setting cgroup config for procHooks process: bpf_prog_query(BPF_CGROUP_DEVICE) failed: invalid argument: unknown`,
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed', 'BPF_CGROUP_DEVICE'],
      never: [NOT_THE_COMMAND, /no room/],
    },
  ),
  refused(
    'runtime-not-there',
    'daemon.json names a runtime that the node does not have: the image lacks nothing',
    'https://github.com/containers/crun/issues/926',
    'starting container failed: failed to create shim: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/moby/85d6/log.json: no such file or directory): fork/exec /usr/local/bin/crun: no such file or directory: unknown',
    {
      cause: 'runtime-failed',
      says: [
        'The program /usr/local/bin/crun that containers are run with is not on docker02',
        'daemon.json',
      ],
      never: [NOT_THE_COMMAND, /not in the image/],
    },
  ),
  refused(
    'crun-says-missing',
    'what crun says of a command that the image lacks',
    'https://github.com/containers/crun/issues/1688',
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: executable file `nonexistent` not found in $PATH: No such file or directory: unknown',
    { cause: 'command-cannot-start', says: ['Its command nonexistent cannot start: it is not in the image'] },
  ),
  refused(
    'library-of-the-gpu',
    'after an update of the driver a library that each GPU container mounts is gone',
    'https://github.com/NVIDIA/nvidia-settings/issues/124',
    `${CREATE}failed to fulfil mount request: open /usr/lib/libnvidia-gtk3.so.610.43.03: no such file or directory: unknown`,
    {
      cause: 'mount-missing',
      says: ['/usr/lib/libnvidia-gtk3.so.610.43.03 cannot be mounted on docker02'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'fuse-gone',
    'what is mounted in a folder of the host no longer answers',
    'https://github.com/sirrobot01/decypharr/issues/256',
    'invalid mount config for type "bind": stat /mnt/remote/realdebrid: transport endpoint is not connected',
    {
      cause: 'mount-missing',
      says: [
        '/mnt/remote/realdebrid cannot be mounted on docker02 (what is mounted there no longer answers)',
      ],
    },
  ),
  refused(
    'root-squash',
    'a file server lets nobody change who owns what',
    'https://github.com/moby/moby/issues/34543',
    'starting container failed: chown /var/lib/docker/volumes/foo/_data: operation not permitted',
    { cause: 'mount-missing', says: ['Volume foo cannot be mounted on docker02 (permission denied)'] },
  ),
  failing(
    'exec-broken-pipe',
    'runc 1.3 can run nothing in a container: not the fault of the check',
    'https://github.com/opencontainers/runc/issues/4916',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: error writing config to pipe: write init-p: broken pipe: unknown',
    },
    {
      cause: 'probe-engine',
      says: ['The engine of docker02 could not run its probe'],
      never: [/Correct the command/],
    },
  ),
  failing(
    'exec-in-stopped',
    'it was to be replaced for its health, and the engine could not stop it',
    'https://github.com/moby/moby/issues/51343',
    { exitCode: -1, output: 'cannot exec in a stopped state: unknown' },
    {
      cause: 'probe-engine',
      says: ['The engine of docker02 could not run its probe'],
      never: [/Correct the command/],
    },
  ),
];
