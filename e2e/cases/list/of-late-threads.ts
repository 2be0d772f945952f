import type { Case } from '#e2e/cases/case.ts';
import { refused } from '#e2e/cases/texts-as-cases.ts';

const NOT_THE_COMMAND = /its command/i;
const INIT =
  'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
const moby = (file: string) => `https://github.com/moby/moby/blob/master/daemon/${file}`;

/** Texts of threads of 2024 to 2026, and of engines of that time. */
export const CASES: Case[] = [
  refused(
    'lxc-sysctl',
    'a runtime of 1.3 in a container of LXC may not open the setting that it looks at',
    'https://github.com/opencontainers/runc/issues/5058',
    `${INIT}open sysctl net.ipv4.ip_unprivileged_port_start file: reopen fd 8: permission denied: unknown`,
    { says: ['net.ipv4.ip_unprivileged_port_start'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'layer-header',
    'a layer came damaged, again and again',
    'https://github.com/moby/moby/issues/53213',
    'failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip sha256:859025c655210c7c5cb534e8eb73188a98aa26c9534769d16acf3287204a22ae) to overlayfs as "extract-7": archive/tar: invalid tar header',
    { cause: 'image-missing', says: ['a layer of it came damaged'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'cifs-folder',
    'the share of a CIFS volume has no such folder',
    'https://github.com/docker/for-win/issues/14492',
    "error while mounting volume '/var/lib/docker/volumes/tv/_data': failed to mount local volume: mount //192.168.0.1/home/downloads:/var/lib/docker/volumes/tv/_data, data: username=u,password=********,uid=500: no such file or directory",
    { says: ['Volume tv'], never: [NOT_THE_COMMAND, /mounts does not exist on docker02/] },
  ),
  refused(
    'cifs-refused-options',
    'a server of files does not take what a CIFS volume asks for',
    'https://github.com/portainer/portainer/issues/4824',
    "error while mounting volume '/var/lib/docker/volumes/redis/_data': failed to mount local volume: mount //192.168.178.45/redis:/var/lib/docker/volumes/redis/_data, data: addr=192.168.178.45,username=nas,vers=3.0: operation not supported",
    { says: ['redis', '192.168.178.45'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'pull-limit-of-2025',
    'the registry gives this address no more images for now',
    'https://github.com/docker/hub-feedback/issues/2464',
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    { cause: 'image-missing', says: [/limit/], never: ['has no such tag', 'wants a login'] },
  ),
  refused(
    'volume-over-a-file',
    'a volume is to lie where the image has a file',
    moby('create_unix.go'),
    'cannot mount volume over existing file, file exists /var/lib/docker/overlay2/5b1d/merged/etc/app.conf',
    { says: ['/etc/app.conf'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'volume-not-filled',
    'a new volume cannot be filled with what the image has there',
    moby('create_unix.go'),
    'failed to populate volume: open /data/cache: permission denied',
    {
      says: [/volume cannot be mounted on docker02/i, 'failed to populate volume'],
      never: [NOT_THE_COMMAND],
    },
  ),
  refused(
    'read-only-below',
    'a mount is to be read-only with all below it, and the runtime cannot do that',
    moby('daemon_linux.go'),
    'rro is not supported by runtime "runc": OCI features struct is not available',
    { says: ['docker02 refuses a setting that it asks for'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'secret-not-laid',
    'the engine cannot lay a secret into the container',
    moby('container_operations_unix.go'),
    'error injecting secret: write /var/lib/docker/containers/5b1d/mounts/secrets/7: permission denied',
    { says: ['error injecting secret'], never: [NOT_THE_COMMAND, /is missing/] },
  ),
];
