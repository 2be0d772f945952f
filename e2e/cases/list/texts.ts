import type { Case } from '#e2e/cases/case.ts';
import { failing, refused } from '#e2e/cases/texts-as-cases.ts';

const NO_PORT = /host port/i;
const NOT_THE_COMMAND = [/command/i, /port .* in use/i];

/** Texts mean what they say: the cause that Docker's own text names, with its object and the node. */
export const CASES: Case[] = [
  refused(
    'c03-gateway',
    'the gateway of a network is in use',
    'https://github.com/moby/moby/issues/35204',
    'failed to allocate gateway (10.0.24.1): Address already in use',
    {
      cause: 'network-failed',
      says: ['the gateway 10.0.24.1 is already in use there', 'docker02'],
      never: [NO_PORT],
    },
  ),
  refused(
    'c06-constraint',
    'a node no longer meets the constraints',
    'https://github.com/moby/moby/issues/52652',
    'assigned node no longer meets constraints',
    {
      cause: 'node-unfit',
      says: ['docker02 no longer meets its constraints (node.labels.x==1)'],
      never: [/exit 143/],
    },
    { Spec: { TaskTemplate: { Placement: { Constraints: ['node.labels.x==1'] } } } },
  ),
  refused(
    'c11-log-server',
    'the log server is down',
    'https://github.com/PKUHPC/OpenSCOW/issues/1505',
    'starting container failed: failed to create task for container: failed to initialize logging driver: dial tcp 127.0.0.1:24224: connect: connection refused',
    { cause: 'log-driver', says: ['127.0.0.1:24224', 'connection refused'], never: NOT_THE_COMMAND },
  ),
  refused(
    'log-plugin',
    'the plugin of a log driver is missing',
    'https://github.com/boundless-xyz/boundless/pull/1618',
    'starting container failed: error looking up logging plugin loki: plugin "loki" not found',
    { cause: 'log-driver', says: ['loki'], never: NOT_THE_COMMAND },
  ),
  refused(
    'c12-disk',
    'the disk of a node is full',
    'https://github.com/moby/moby/issues/29508',
    'failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x.so: no space left on device',
    { cause: 'disk-full', says: ['The disk of docker02 is full'] },
  ),
  refused(
    'c12-cgroup',
    'no room for a control group is no full disk',
    'https://github.com/moby/moby/issues/29638',
    'starting container failed: OCI runtime create failed: mkdir /sys/fs/cgroup/memory/docker/0f1e: no space left on device',
    { cause: 'host-limit', says: ['control groups', 'docker02'], never: [/disk/i] },
  ),
  refused(
    'port-of-28',
    'a host port is taken, in the words of 28',
    'https://github.com/winboat-org/winboat/issues/29',
    'starting container failed: failed to set up container networking: driver failed programming external connectivity on endpoint x (d5bd): failed to bind host port for 0.0.0.0:7148:172.18.0.2:7148/tcp: address already in use',
    { cause: 'port-in-use', says: ['Host port 7148 is already in use on docker02'] },
  ),
  refused(
    'c46-nfs',
    'an NFS server refuses',
    'https://github.com/kushin77/self-hosted-runner/issues/3182',
    "starting container failed: error while mounting volume '/var/lib/docker/volumes/pg/_data': failed to mount local volume: mount :/nas/pg:/var/lib/docker/volumes/pg/_data, data: addr=192.168.168.39,vers=3,soft: connection refused",
    { cause: 'mount-missing', says: ['Volume pg', '192.168.168.39', 'connection refused'] },
  ),
  refused(
    'c46-unknown-to-driver',
    'a volume that its driver no longer has',
    'https://github.com/rexray/rexray/issues/936',
    "create acme_db: found references to volume 'acme_db' in driver 'rexray:latest' but the volume was not found in the driver",
    { cause: 'mount-missing', says: ['acme_db', 'rexray:latest'] },
  ),
  refused(
    'volume-folder-gone',
    'the folder behind a volume is gone',
    'https://github.com/docker/for-win/issues/14924',
    "starting container failed: error while mounting volume '/var/lib/docker/volumes/vps3_mount/_data': failed to mount local volume: mount /mnt/x:/var/lib/docker/volumes/vps3_mount/_data, flags: 0x1000: no such file or directory",
    { cause: 'mount-missing', says: ['Volume vps3_mount', 'docker02'], never: NOT_THE_COMMAND },
  ),
  refused(
    'file-over-folder',
    'a folder is mounted over a file',
    'https://github.com/docker/compose/issues/11935',
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/srv/acquis.yaml" to rootfs at "/etc/crowdsec/acquis.yaml": mount src=/srv/acquis.yaml, dst=/etc/crowdsec/acquis.yaml, dstFd=/proc/thread-self/fd/8, flags=0x5000: not a directory: unknown',
    { cause: 'mount-missing', says: ['/srv/acquis.yaml', '/etc/crowdsec/acquis.yaml'], never: [/command/i] },
  ),
  refused(
    'sysctl-in-lxc',
    'runc 1.3 in an LXC container may not open a sysctl',
    'https://github.com/moby/moby/issues/51405',
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: open sysctl net.ipv4.ip_unprivileged_port_start file: reopen fd 8: permission denied: unknown',
    {
      cause: 'setting-refused',
      says: ['net.ipv4.ip_unprivileged_port_start', 'docker02'],
      never: [/command/i],
    },
  ),
  refused(
    'cdi-device',
    'a GPU that CDI does not know',
    'https://github.com/NVIDIA/nvidia-container-toolkit/issues/434',
    'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: could not apply required modification to OCI specification: error modifying OCI spec: failed to inject CDI devices: unresolvable CDI devices nvidia.com/gpu=all: unknown',
    { cause: 'device-missing', says: ['nvidia.com/gpu=all', 'docker02'], never: [/command/i] },
  ),
  refused(
    'gpu-driver',
    'no driver for GPUs',
    'https://github.com/nesaorg/bootstrap/issues/4',
    'starting container failed: could not select device driver "nvidia" with capabilities: [[gpu]]',
    { cause: 'device-missing', says: ['GPU (nvidia)', 'docker02'] },
  ),
  refused(
    'pull-limit',
    'the registry allows no more pulls',
    'https://github.com/m-adawi/swarm-cd/issues/126',
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    { cause: 'image-missing', says: ['the registry allows no more pulls'] },
  ),
  refused(
    'not-pulled',
    'an image that is nowhere',
    'https://github.com/relab/hotstuff/issues/176',
    'No such image: iago-test:latest',
    { cause: 'image-missing', says: ['it is not on docker02 and could not be pulled'] },
  ),
  refused(
    'words-of-tomorrow',
    'a text that no rule knows is shown, without a guess',
    'docker-facts',
    'starting container failed: the flux capacitor has no address already in use for its port',
    {
      cause: 'ended',
      says: ['Its container could not be started', 'flux capacitor'],
      never: [NO_PORT, /its network/i],
    },
  ),
  {
    id: 'c21-gpu',
    title: 'no node has the GPU that it reserves',
    source: 'https://github.com/NVIDIA/nvidia-container-toolkit/issues/57',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        service: faulty && {
          Spec: {
            TaskTemplate: {
              Resources: {
                Reservations: {
                  GenericResources: [{ DiscreteResourceSpec: { Kind: 'NVIDIA-GPU', Value: 1 } }],
                },
              },
            },
          },
        },
        task: faulty && {
          NodeID: null,
          Status: {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (insufficient resources on 3 nodes)',
            ContainerStatus: null,
          },
        },
        container: faulty && 'none',
      }),
    expect: {
      code: 503,
      status: 'pending',
      cause: 'no-suitable-node',
      says: ['NVIDIA-GPU=1', 'node-generic-resources'],
      never: [/CPU/, /memory/i],
    },
  },
  failing(
    'c22-stopped',
    'the engine can run no probe: its runtime takes the container for stopped',
    'https://github.com/moby/moby/issues/41410',
    {
      exitCode: -1,
      output: 'OCI runtime exec failed: exec failed: cannot exec a container that has stopped: unknown',
    },
    {
      cause: 'probe-engine',
      says: ['The engine of docker02 could not run its probe'],
      never: [/Correct the command/],
    },
  ),
  failing(
    'c22-pids',
    'the engine can run no probe: no more processes',
    'docker-facts',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: read init-p: resource temporarily unavailable: unknown',
    },
    { cause: 'probe-engine', says: ['no more processes', '--limit-pids'], never: [/Correct the command/] },
  ),
  failing(
    'curl-missing',
    'the program of a probe is not in the image',
    'https://github.com/readur/readur/issues/149',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
    },
    { cause: 'probe-command', says: ['curl is not in the image', 'Correct the command'] },
  ),
  failing(
    'c24-one-text',
    'a check that is one text under CMD',
    'https://github.com/kheeklab/privacyidea-docker/issues/144',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "wget -q localhost || exit 1": stat wget -q localhost || exit 1: no such file or directory: unknown',
      test: ['CMD', 'wget -q localhost || exit 1'],
    },
    { cause: 'probe-command', says: ['one text with blanks under CMD'] },
  ),
  failing(
    'c25-meter',
    'the meter of curl is no evidence',
    'https://github.com/dani-garcia/vaultwarden/issues/928',
    {
      exitCode: 7,
      output:
        '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0curl: (7) Failed to connect to ::1: Network is unreachable\n',
    },
    {
      cause: 'probe-failing',
      says: ['curl: (7) Failed to connect to ::1', 'probe 127.0.0.1'],
    },
  ),
  failing(
    'c26-ipv6',
    'localhost is ::1 in Alpine',
    'https://github.com/accius/openhamclock/pull/523',
    {
      exitCode: 1,
      output:
        "Connecting to localhost:3000 ([::1]:3000)\nwget: can't connect to remote host: Connection refused\n",
    },
    { cause: 'probe-failing', says: ['went to ::1 (IPv6)', 'probe 127.0.0.1'] },
  ),
];
