import type { Case } from '#e2e/cases/case.ts';
import { failing, refused } from '#e2e/cases/texts-as-cases.ts';

const SHIM = 'starting container failed: failed to create task for container: failed to create shim task: ';
const NETWORKING = 'starting container failed: failed to set up container networking: ';
const NO_GUESS = /its command|The command|host port|registry|is missing/i;

/** Public threads, most of 2022 to 2026, of what a node stores and connects. */
export const CASES: Case[] = [
  refused(
    'option-left-out',
    'a volume whose driver misses an option: nothing on the node is at fault',
    'https://github.com/OpenCTI-Platform/docker/pull/4',
    'create stack_grakndata: missing required option: "device"',
    { cause: 'mount-missing', says: ['Volume stack_grakndata', 'options'], never: [NO_GUESS, 'dmesg'] },
  ),
  refused(
    'subpath-not-there',
    'a part of a volume is mounted that is not in it',
    'https://github.com/moby/moby/issues/47842',
    'starting container failed: cannot access path /var/lib/docker/volumes/anythingllm/_data/storage: lstat /var/lib/docker/volumes/anythingllm/_data/storage: no such file or directory',
    {
      cause: 'mount-missing',
      says: ['/anythingllm/_data/storage', 'no such file or folder'],
      never: [NO_GUESS],
    },
  ),
  refused(
    'layers-point-nowhere',
    'a layer of an image is damaged: nothing of that image starts until it is pulled anew',
    'https://github.com/moby/moby/issues/46498',
    'error creating overlay mount to /var/lib/docker/overlay2/59f35ca50968fa44c283f7a613ae3b39b9468538cb34cc86ac761062641d1885-init/merged: too many levels of symbolic links',
    {
      cause: 'runtime-failed',
      says: ['The container runtime of docker02 failed'],
      never: [NO_GUESS, /disk .* full/i],
    },
  ),
  refused(
    'task-of-before',
    'after the engine crashed, containerd takes the task of before for one that runs',
    'https://github.com/balena-os/balena-engine/issues/435',
    'starting container failed: task 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0 already exists: unknown',
    { cause: 'runtime-failed', says: ['The container runtime of docker02 failed'], never: [NO_GUESS] },
  ),
  refused(
    'bundle-of-before',
    'the folder of a container of before is left at containerd',
    'https://github.com/moby/moby/issues/50040',
    'starting container failed: failed to create task for container: failed to start shim: mkdir /run/containerd/io.containerd.runtime.v2.task/moby/d47acb85fe67c00b3d9e2ecf715ae9701e51e99e23a2c43a187c16829c6b7364: file exists',
    { cause: 'runtime-failed', says: ['The container runtime of docker02 failed'], never: [NO_GUESS] },
  ),
  refused(
    'content-thrown-away',
    'the image store of containerd lacks a part of an image',
    'https://github.com/moby/moby/issues/52411',
    'failed to unpack image on snapshotter overlayfs: apply layer error for "docker.io/library/haskell:7": failed to extract layer sha256:4dcab49015d47e8f300ec33400a02cebc7b54cadd09c37e49eccbc655279da90: NotFound: failed to get reader from content store: content digest sha256:51f5c6a04d83efd2d45c5fd59537218924bc46705e3de6ffc8bc07b51481610b: not found',
    { cause: 'image-missing', says: [/part/i], never: [/damaged/i, /host port/] },
  ),
  refused(
    'token-not-fetched',
    'the server that gives tokens for a registry ends the connection',
    'https://github.com/router-for-me/CLIProxyAPI/issues/2668',
    'failed to resolve reference "docker.io/eceasy/cli-proxy-api-plus:latest": failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token?scope=repository%3Aeceasy%2Fcli-proxy-api-plus%3Apull&service=registry.docker.io": EOF',
    { cause: 'image-missing', says: ['its registry cannot be reached from docker02'], never: [/login/i] },
  ),
  refused(
    'blob-breaks-off',
    'a layer breaks off at the registry’s storage',
    'https://github.com/nextcloud/docker/issues/2409',
    'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://production.cloudflare.docker.com/registry-v2/docker/registry/v2/blobs/sha256/3b/3b667f40/data?expires=1741780216": EOF',
    { cause: 'image-missing', says: ['its registry cannot be reached from docker02'], never: [/login/i] },
  ),
  refused(
    'keys-not-present',
    'an encrypted network where the node has no keys',
    'https://github.com/moby/moby/issues/35942',
    'starting container failed: cannot join secure network: encryption keys not present',
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02'],
      never: [NO_GUESS, /secret/i],
    },
  ),
  refused(
    'no-ipsec',
    'an encrypted network on a kernel without IPsec',
    'https://github.com/linuxkit/linuxkit/issues/747',
    `${NETWORKING}cannot join secure network: required modules to install IPSEC rules are missing on host`,
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02'],
      never: [/its command|host port|registry/i],
    },
  ),
  refused(
    'sandbox-not-there',
    'the network of a container is gone before it takes traffic',
    'https://github.com/moby/moby/issues/31698',
    'network sandbox does not exist for container sandbox-not-there.1.0f1e2d3c4b5a697887',
    { cause: 'network-failed', says: ['Its network could not be set up on docker02'], never: [NO_GUESS] },
  ),
  refused(
    'namespace-not-there',
    'the folder of an overlay network is gone after many scale-ups and downs',
    'https://github.com/moby/moby/issues/25215',
    'starting container failed: network sandbox join failed: could not get network sandbox (oper true): failed get network namespace "": no such file or directory',
    { cause: 'network-failed', says: ['Its network could not be set up on docker02'], never: [NO_GUESS] },
  ),
  refused(
    'bridge-file-denied',
    'an engine within a container may not read what bridges do',
    'https://github.com/swarmpit/swarmpit/issues/554',
    'starting container failed: error creating external connectivity network: cannot restrict inter-container communication: open /proc/sys/net/bridge/bridge-nf-call-iptables: permission denied',
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02'],
      never: [/sysctl/i, NO_GUESS],
    },
  ),
  refused(
    'not-a-gluster',
    'a volume plugin mounts, and finds another file system there',
    'https://github.com/marcelo-ochoa/docker-volume-plugins/issues/9',
    "starting container failed: error while mounting volume '/var/lib/docker/plugins/594396d66d9a36561f8c81cdc1e0ffe260b1d868311760852e8d36cb7cd3f6ba/rootfs': VolumeDriver.Mount: error mounting swarm-glust-vol1/dir1:\nType\next4\n\nfstype should be glusterfs.",
    {
      cause: 'mount-missing',
      says: ['cannot be mounted on docker02', 'fstype should be glusterfs'],
      never: [NO_GUESS, /Volume 594396/],
    },
  ),
  refused(
    'gluster-not-connected',
    'what a volume plugin mounted no longer answers',
    'https://github.com/marcelo-ochoa/docker-volume-plugins/issues/8',
    'VolumeDriver.Mount: error mounting sh_gfs_nginx-proxy-manager: df: /var/lib/docker-volumes/0a20292622d3ced85dba291fd7491f2b953cc14c7c6c79771e0e7cfbdf38b287: Transport endpoint is not connected fstype should be glusterfs',
    {
      cause: 'mount-missing',
      says: ['cannot be mounted on docker02', 'no longer answers'],
      never: [NO_GUESS],
    },
  ),
  refused(
    'folder-of-the-captain',
    'the folder of a platform is not on the node where its service is tried again',
    'https://github.com/caprover/caprover/issues/2296',
    'invalid mount config for type "bind": bind source path does not exist: /captain',
    {
      cause: 'mount-missing',
      says: ['The folder /captain that it mounts does not exist on docker02'],
      never: [/its command|host port/i],
    },
  ),
  refused(
    'real-time-refused',
    'a kernel that gives no processor time of that kind',
    'https://github.com/docker/cli/issues/4955',
    'starting container failed: OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:385: applying cgroup configuration for process caused: failed to write "800000": write /dev/cpu/docker/ea7fe7db9a81f8658a23f4c742c299cbec02e2f7f453894408a8381af27afd89/cpu.rt_runtime_us: invalid argument: unknown',
    { cause: 'setting-refused', says: ['docker02 refuses a limit'], never: [NO_GUESS, /disk/i] },
  ),
  refused(
    'namespace-of-another',
    'it was to share the network of a container that ended: Docker’s words, and no guess',
    'https://github.com/moby/moby/issues/46490',
    `${SHIM}OCI runtime create failed: runc create failed: unable to create new parent process: namespace path: lstat /proc/630422/ns/net: no such file or directory: unknown`,
    {
      says: ['Its container could not be started on docker02', '/proc/630422/ns/net'],
      never: [/its command|host port|folder .* does not exist/i],
    },
  ),
  refused(
    'parent-not-there',
    'a network hangs on an interface that this node does not have',
    'https://github.com/docker/for-mac/issues/3926',
    'starting container failed: -o parent interface was not found on the host: eth1',
    {
      cause: 'network-failed',
      says: ['docker02 has no interface eth1', '--config-only'],
      never: [NO_GUESS],
    },
  ),
  refused(
    'thin-pool-used-up',
    'the pool of an old engine is used up: its disk is full, in other words',
    'ours',
    'devmapper: Thin Pool has 1234 free data blocks which is less than minimum required 5678 free data blocks. Create more free space in thin pool or use dm.min_free_space option to change behavior',
    { cause: 'disk-full', says: ['The disk of docker02 is full'], never: [NO_GUESS] },
  ),
  refused(
    'containerd-too-slow',
    'containerd does not answer in time',
    'ours',
    'starting container failed: failed to create task for container: context deadline exceeded',
    { cause: 'runtime-failed', says: ['The container runtime of docker02 failed'], never: [NO_GUESS] },
  ),
  failing(
    'environment-not-valid',
    'a variable without a value: an old runtime starts no probe with it',
    'https://github.com/moby/moby/issues/40737',
    {
      exitCode: -1,
      output:
        'rpc error: code = 2 desc = oci runtime error: exec failed: container_linux.go:247: starting container process caused "invalid environment \'NODE_ID\'"\n',
    },
    { says: ["invalid environment 'NODE_ID'"], never: [/not in the image/] },
  ),
  failing(
    'netstat-denied',
    'the check of an image calls a program that may not be run',
    'https://github.com/TechPerplexed/Gooby/issues/181',
    {
      exitCode: 126,
      output: '/bin/sh: 1: netstat: Permission denied\n',
      test: ['CMD-SHELL', 'netstat -an | grep 32400'],
    },
    { cause: 'probe-command', says: ['netstat'], never: [/not in the image/] },
  ),
  failing(
    'curl-not-in-the-shell',
    'the shell is there, and curl is not',
    'https://github.com/damongolding/immich-kiosk/issues/845',
    {
      exitCode: 127,
      output: '/bin/sh: curl: not found\n',
      test: ['CMD-SHELL', 'curl -f http://localhost:3000 || exit 1'],
    },
    { cause: 'probe-command', says: ['curl'], never: [/engine of docker02/] },
  ),
  failing(
    'drill-replaced',
    'an image was updated, and the program of a check that somebody wrote is no longer in it',
    'https://github.com/klutchell/unbound-docker/issues/35',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: container_linux.go:380: starting container process caused: exec: "drill": executable file not found in $PATH: unknown',
      test: ['CMD', 'drill', '-Qp', '5053', 'nlnetlabs.nl', '@127.0.0.1'],
    },
    { cause: 'probe-command', says: ['drill'], never: [/engine of docker02/] },
  ),
  failing(
    'refused-without-an-address',
    'refused, and the output does not tell at which address: no word about IPv6',
    'https://github.com/HemmeligOrg/Hemmelig.app/issues/291',
    { exitCode: 1, output: "wget: can't connect to remote host: Connection refused\n" },
    { cause: 'probe-failing', says: ['Connection refused'], never: [/IPv6/] },
  ),
  failing(
    'letter-for-a-digit',
    'wget is told a file called 0: the usage is what it says',
    'https://github.com/sameersbn/docker-apt-cacher-ng/pull/25',
    { exitCode: 2, output: 'wget: missing URL\nUsage: wget [OPTION]... [URL]...\n' },
    { cause: 'probe-failing', says: ['missing URL'] },
  ),
  failing(
    'spinner-as-evidence',
    'a spinner of backspaces before the error: what a terminal would leave',
    'ours',
    { exitCode: 1, output: 'Checking |\b/\b-\b\\\b|\b\u001b[K failed: connection refused\n' },
    { cause: 'probe-failing', says: ['Checking  failed: connection refused'] },
  ),
  failing(
    'lines-taken-back',
    'a program that draws its lines anew (cursor up, line erased)',
    'ours',
    {
      exitCode: 1,
      output: 'ping...\n\u001b[1A\u001b[2Kping... 1\n\u001b[1A\u001b[2KFAILED: db not reachable\n',
    },
    { cause: 'probe-failing', says: ['FAILED: db not reachable'] },
  ),
];
