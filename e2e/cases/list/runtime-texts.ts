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
