import type { Case } from '#e2e/cases/case.ts';
import { failing, refused } from '#e2e/cases/texts-as-cases.ts';

const NOT_THE_COMMAND = /command/i;
const starting = (text: string) => `starting container failed: ${text}`;
const create = (text: string) =>
  starting(
    `failed to create task for container: failed to create shim task: OCI runtime create failed: ${text}: unknown`,
  );
const init = (text: string) =>
  create(`runc create failed: unable to start container process: error during container init: ${text}`);

/** What the host of a task stands in the way with: its firewall, its runtime's libraries, its limits, its disk. */
export const CASES: Case[] = [
  refused(
    'ingress-sandbox-twice',
    'the ingress network of a node is set up twice after the swarm was made anew',
    'https://github.com/moby/moby/issues/36876',
    'container ingress-sbox is already present in sandbox ingress_sbox',
    { cause: 'network-failed', says: ['docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'firewall-held',
    'another program holds the lock of the firewall: its rules are all there',
    'https://github.com/moby/moby/issues/44331',
    starting(
      'driver failed programming external connectivity on endpoint shop.1 (4ee3): (iptables failed: iptables -t nat -A POSTROUTING -p tcp -s 172.18.0.7 -d 172.18.0.7 --dport 8081 -j MASQUERADE: Another app is currently holding the xtables lock. Perhaps you want to use the -w option?',
    ),
    { cause: 'network-failed', says: ['another program holds', 'docker02'], never: ['flushed'] },
  ),
  refused(
    'firewall-denied',
    'an engine in a container of another kind may not write rules at all',
    'https://github.com/ysdragon/Pterodactyl-VPS-Egg/issues/37',
    starting(
      'failed to set up container networking: driver failed programming external connectivity on endpoint shop.1 (4ee3): Unable to enable DNAT rule: (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 0/0 --dport 8081 -j DNAT: iptables v1.8.10 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root) (exit status 4))',
    ),
    { cause: 'network-failed', says: ['may not', 'docker02'], never: ['flushed'] },
  ),
  refused(
    'rlimit-above-the-engine',
    'a service asks for more open files than its engine may give',
    'https://github.com/lablup/backend.ai/issues/6505',
    init('error setting rlimits for ready process: error setting rlimit type 7: operation not permitted'),
    { cause: 'setting-refused', says: ['docker02', 'limit'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'metadata-read-only',
    'containerd cannot write what it knows: its disk is read-only',
    'https://github.com/docker/for-win/issues/13565',
    'error creating temporary lease: write /var/lib/desktop-containerd/daemon/io.containerd.metadata.v1.bolt/meta.db: read-only file system: unknown',
    { cause: 'disk-full', says: ['The engine of docker02 cannot write its disk'] },
  ),
  refused(
    'macvlan-port-busy',
    'the interface that a macvlan hangs on is part of a bridge already',
    'https://github.com/vdsm/virtual-dsm/issues/405',
    starting('failed to create the macvlan port: device or resource busy'),
    { cause: 'network-failed', says: ['macvlan', 'docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'link-not-set-up',
    'an update leaves the address of the task before it on an interface',
    'https://github.com/docker/for-linux/issues/850',
    starting(
      'OCI runtime create failed: container_linux.go:346: starting container process caused "process_linux.go:449: container init caused \\"process_linux.go:432: running prestart hook 0 caused \\\\\\"error running hook: exit status 1, stdout: , stderr: time=\\\\\\\\\\\\\\"2019-11-12T19:09:09+07:00\\\\\\\\\\\\\\" level=fatal msg=\\\\\\\\\\\\\\"failed to add interface veth44d4290 to sandbox: failed to set link up: device or resource busy\\\\\\\\\\\\\\"\\\\\\\\n\\\\\\"\\"": unknown',
    ),
    { cause: 'network-failed', says: ['docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'windows-of-another-build',
    'an image of another build of Windows than its node',
    'https://github.com/microsoft/service-fabric/issues/1000',
    'hcsshim::CreateComputeSystem 620bdba93c11: The container operating system does not match the host operating system.',
    { cause: 'image-missing', says: ['docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'runc-of-another-system',
    'an upgrade of the engine left the library behind that runc needs',
    'https://github.com/klren0312/daliy_knowledge/issues/777',
    starting(
      'failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/moby/5f3c/log.json: no such file or directory): runc did not terminate successfully: exit status 127: runc: symbol lookup error: runc: undefined symbol: seccomp_notify_respond: unknown',
    ),
    {
      cause: 'runtime-failed',
      says: ['docker02', 'undefined symbol'],
      never: [NOT_THE_COMMAND, /seccomp profile/i],
    },
  ),
  refused(
    'seccomp-not-loaded',
    'a kernel that does not take a filter of system calls',
    'https://github.com/hiifeng/V2ray-for-Doprax/issues/34',
    create(
      'runc create failed: unable to start container process: error loading seccomp filter into kernel: error loading seccomp filter: errno 524',
    ),
    { cause: 'setting-refused', says: ['docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'damaged-by-a-power-cut',
    'a program that ran before is no program any more after a power cut',
    'https://github.com/containerd/containerd/issues/5854',
    create('runc create failed: unable to start container process: exec /app/controller: exec format error'),
    { says: ['/app/controller', /damaged|pull/i] },
  ),
  refused(
    'domain-name-read-only',
    'an engine within a container may not write below /proc/sys',
    'https://github.com/gitpod-io/gitpod/issues/7440',
    create(
      'runc create failed: unable to start container process: open /proc/sys/kernel/domainname: read-only file system',
    ),
    { cause: 'setting-refused', says: ['docker02'], never: [/disk/i, NOT_THE_COMMAND] },
  ),
  refused(
    'secrets-held',
    'the folder of secrets and configs cannot be made read-only: something on the host holds it',
    'https://github.com/moby/moby/issues/48783',
    starting(
      'unable to remount dir as readonly: mount tmpfs:/var/lib/docker/containers/5f3c/mounts/secrets, flags: 0x21, data: uid=0,gid=0: device or resource busy',
    ),
    { says: ['docker02', /secrets/i, /busy|holds/i], never: [NOT_THE_COMMAND, /volume/i, /missing/i] },
  ),
  refused(
    'two-mounts-at-one-place',
    'two secrets, or a secret and a volume, are to be at one path',
    'https://github.com/moby/moby/issues/35930',
    starting('linux mounts: Duplicate mount point: /etc/apache2/server.crt'),
    { cause: 'mount-missing', says: ['/etc/apache2/server.crt'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'xattr-not-supported',
    'what an image has is copied to a file server that takes no extended attributes',
    'https://github.com/moby/moby/issues/38155',
    'failed to copy xattrs: failed to set xattr "security.selinux" on /var/lib/docker/volumes/shop_db/_data/readme: operation not supported',
    { cause: 'mount-missing', says: ['shop_db', 'docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'layer-of-an-image-gone',
    'a layer of an image is gone from the disk of a node',
    'https://github.com/docker/for-linux/issues/791',
    'error creating overlay mount to /var/lib/docker/overlay2/c022c470/merged: no such file or directory',
    { cause: 'image-missing', says: ['docker02'], never: [NOT_THE_COMMAND] },
  ),
  failing(
    'seccomp-of-probes',
    'runc can start nothing in a container for want of a newer libseccomp',
    'https://github.com/caprover/caprover/issues/2290',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: error adding SSB flag to seccomp filter: SetSSB requires libseccomp >= 2.5.0 and API level >= 4 (current version: 2.5.5, API level: 0): unknown',
    },
    { cause: 'probe-engine', says: ['docker02', 'libseccomp'], never: ['Correct the command'] },
  ),
  failing(
    'proc-gone-for-probes',
    'the program works, and nothing more can be started in its container',
    'https://github.com/Mailu/Mailu/issues/2684',
    {
      exitCode: -1,
      output:
        'OCI runtime exec failed: exec failed: unable to start container process: error starting setns process: fork/exec /proc/self/exe: no such file or directory: unknown',
    },
    { cause: 'probe-engine', says: ['docker02'], never: ['Correct the command', 'is not in the image'] },
  ),
];
