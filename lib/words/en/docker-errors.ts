import type { DockerFault } from '#lib/model/contract/finding-facts.ts';
import type { Phrase } from '#lib/model/contract/wording.ts';
import type { DockerError, ErrorReason } from '#lib/model/docker/docker-error.ts';
import type { ErrorKind } from '#lib/model/docker/error-rows.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { quoteShell } from '#lib/model/text/quote-shell.ts';

type Describe = (error: DockerError, facts: DockerFault, host: string) => Phrase;

const word = (sentence: string, hint: string | null = null): Phrase => ({ sentence, hint });

const REASONS: Readonly<Record<ErrorReason, string>> = {
  'connection-refused': 'connection refused',
  'no-route': 'no route to it',
  'network-unreachable': 'network unreachable',
  'unknown-name': 'its name is not known',
  'no-answer-to-names': 'its name cannot be looked up',
  'access-denied': 'access denied',
  'timed-out': 'timed out',
  'untrusted-certificate': 'its certificate is not trusted',
  'nfs-version': 'its NFS version is not supported',
  'host-down': 'it is down',
  'stale-handle': 'stale file handle',
  'permission-denied': 'permission denied',
  'not-connected': 'what is mounted there no longer answers',
  damaged: 'its file system is damaged',
  'no-such-folder': 'no such file or folder',
  'unknown-file-system': 'its file system is not known to the kernel',
  'no-attributes': 'its file system takes no extended attributes',
  'no-such-device': 'no such device or share',
  'no-space': 'its file system is full',
  'read-only': 'its file system is read-only',
  'io-error': 'input/output error',
  'invalid-option': 'an option is not valid',
  'options-refused': 'its options are not what its driver takes',
};

function describeErrorReason(reason: ErrorReason | null): string | null {
  return reason === null ? null : REASONS[reason];
}

/** `x (a, b)`, without brackets where there is nothing in them. */
const inBrackets = (...parts: (string | null)[]): string => {
  const known = parts.filter((part) => part !== null && part !== '');
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
};

const network =
  (why: string, hint: string | null = null) =>
  (host: string) =>
    word(`Its network could not be set up on ${host}: ${why}.`, hint);

/** Of what an error names, the first that is there. */
const named = ({ object, with: other }: DockerError): string | null => object ?? other;

const MEANINGS: Readonly<Record<ErrorKind, Describe>> = {
  'node-unfit': (_, { wants }, host) =>
    word(`${host} no longer meets ${describeWants(wants)}: Swarm stopped it there.`),
  'volume-drained': (_, __, host) =>
    word(`A volume that it mounts is being drained: Swarm stopped it on ${host}.`),
  'container-gone': () => word('Its container disappeared: the engine was restarted, or someone removed it.'),
  'name-taken': ({ object }, _, host) =>
    word(
      `Another container on ${host} has its name${object === null ? '' : `, ${object}`}.`,
      object === null ? null : `If nobody needs that one, on ${host}: docker rm ${quoteShell(object)}.`,
    ),
  'control-groups': (_, __, host) =>
    word(
      `${host} has no room for more control groups, so no container starts there.`,
      `Control groups of containers that are gone may be left on ${host}: restart it, or update its kernel.`,
    ),
  cpuset: (_, __, host) =>
    word(
      `${host} gives its control groups no processor or no memory node (cpuset), so no container starts there.`,
      `On ${host}: cpuset.cpus and cpuset.mems of the groups above it must not be empty; restart its engine.`,
    ),
  'kernel-keys': (_, __, host) =>
    word(
      `The kernel of ${host} has no room for more keys, so no container starts there.`,
      `On ${host}: raise kernel.keys.maxkeys and kernel.keys.maxbytes with sysctl (root_maxkeys and root_maxbytes for root); an LXC container cannot do that itself.`,
    ),
  mounts: (_, __, host) =>
    word(
      `${host} has no room for more mounts, so no container starts there.`,
      `On ${host}: wc -l /proc/mounts counts them, fs.mount-max is the limit; see which of them are left over.`,
    ),
  namespaces: (_, __, host) =>
    word(
      `The kernel of ${host} gives out no more namespaces, so no container starts there.`,
      `On ${host}: sysctl user shows the limits (max_user_namespaces and its like: 0 is none), lsns what there is.`,
    ),
  inotify: (_, __, host) =>
    word(
      `${host} has no inotify watches or instances left.`,
      `On ${host}: raise fs.inotify.max_user_watches and fs.inotify.max_user_instances with sysctl.`,
    ),
  'disk-full': (_, __, host) =>
    word(
      `The disk of ${host} is full (no space, or no inodes).`,
      `On ${host}: df -h and df -i show which is used up; docker system prune frees what nobody uses.`,
    ),
  'disk-broken': (_, __, host) =>
    word(
      `The engine of ${host} cannot write its disk.`,
      `On ${host}: dmesg tells whether the disk fails or was mounted read-only.`,
    ),
  'mount-in-read-only': ({ object }, _, host) =>
    word(
      `Nothing can be mounted at ${object} on ${host}: it is not there, and what it would be in is mounted read-only.`,
      'Make it in what is mounted there, or mount that so that it may be written.',
    ),
  'mount-twice': ({ object }) =>
    word(
      `Two of what it mounts are to be at ${object}.`,
      'Give one of them another place. Secrets and configs are mounts, too.',
    ),
  'log-driver': (error, _, host) =>
    word(
      `Its log driver cannot start on ${host}${inBrackets(error.object, describeServer(error.with, error.reason))}: without it no container starts there.`,
      error.with === null
        ? null
        : 'Bring the log server back, or let the driver connect later (fluentd-async, mode=non-blocking, or a driver that keeps logs on the node).',
    ),
  'port-taken': ({ object }, _, host) =>
    object === null
      ? word(`A host port it needs is already in use on ${host}.`)
      : word(
          `Host port ${object} is already in use on ${host}.`,
          `See what holds it, on ${host}: ss -ltnp 'sport = :${object}'.`,
        ),
  'port-address': ({ object }, _, host) =>
    word(`The address ${object} that it publishes a port on does not exist on ${host}.`),
  'port-denied': ({ object }, _, host) => word(`The engine of ${host} may not open host port ${object}.`),
  'gateway-taken': ({ object }, _, host) =>
    network(
      `the gateway ${object} is already in use there`,
      `An earlier network of the same subnet may be left on ${host}: docker network prune there, or restart its engine.`,
    )(host),
  'address-taken': (_, __, host) =>
    network(
      'an address that it was given is already in use there',
      `A container that Swarm no longer knows may hold it on ${host}: restart its engine.`,
    )(host),
  'addresses-used-up': ({ object }, _, host) =>
    network(
      `${object === null ? 'its networks have' : `${object} has`} no address left`,
      object === 'docker_gwbridge'
        ? `That is the bridge of ${host} by which its containers reach others: it has to be made again with a larger subnet, while nothing runs there.`
        : 'A larger subnet needs a new network: docker network create --driver overlay --subnet.',
    )(host),
  'attachment-missing': (_, __, host) =>
    network(
      'the managers gave it no address, which may be because none is left',
      'docker network inspect shows how many are in use. Where there are enough, update the service with --force.',
    )(host),
  'endpoint-left': ({ object, with: name }, _, host) =>
    word(
      `Its network could not be set up on ${host}: in network ${name} there is an endpoint of its name already, ${object}, left by a container that is gone.`,
      object === null || name === null
        ? null
        : `On ${host}: docker network disconnect -f ${quoteShell(name)} ${quoteShell(object)}.`,
    ),
  'network-left': ({ object }, _, host) =>
    network(
      `a network with its id is left there (${object})`,
      `On ${host}, when nothing uses it: docker network rm ${object}.`,
    )(host),
  'network-settings': (error, _, host) =>
    network(
      error.object === null
        ? 'its settings are not valid for this engine'
        : `its subnet ${error.object} is not valid for this engine: it should be ${error.with}`,
      'A network cannot be changed: make another one with settings that are valid, and move the service to it.',
    )(host),
  'subnet-overlap': (error, _, host) =>
    network(`its subnet${named(error) === null ? '' : ` ${named(error)}`} overlaps another one there`)(host),
  'subnets-used-up': (_, __, host) =>
    network(
      'the engine finds no subnet there that overlaps nothing',
      `docker network prune on ${host} frees those that nobody uses. A VPN whose route covers all private addresses does the same.`,
    )(host),
  'vxlan-left': (_, __, host) =>
    network(
      'an interface of an earlier overlay network is left there (vxlan, file exists)',
      `Restart the engine of ${host}, or remove the interface that is left: ip -d link show type vxlan.`,
    )(host),
  'vxlan-port': (_, __, host) =>
    network(
      'something else there has the UDP port of Swarm’s overlays (4789, or what --data-path-port says)',
      `On ${host}: ss -lunp, and ip -d link show type vxlan: a virtual network of the host or another overlay uses it. A swarm can be made with another one: docker swarm init --data-path-port.`,
    )(host),
  'ipv6-off': (_, __, host) =>
    network(
      'IPv6 is switched off in its kernel',
      `Start ${host} without ipv6.disable=1, or have its engine leave IPv6 alone: "ip6tables": false in /etc/docker/daemon.json, and ports published on IPv4 addresses.`,
    )(host),
  'firewall-table': ({ object }, _, host) =>
    network(
      `the kernel of ${host} has no table ${object} for iptables`,
      `On ${host}: modprobe iptable_${object}, and load that module at each start.`,
    )(host),
  'firewall-held': (_, __, host) =>
    network(
      'another program holds its firewall, and Docker waited in vain',
      `On ${host}: sudo fuser -v /run/xtables.lock shows which program that is.`,
    )(host),
  'firewall-denied': (_, __, host) =>
    network(
      'its engine may not write rules to the firewall',
      `Where ${host} is a container itself, it must be allowed to (an LXC container with nesting, or CAP_NET_ADMIN).`,
    )(host),
  firewall: (_, __, host) =>
    network(
      'Docker’s rules cannot be written to its firewall',
      `Something else may have flushed them: restart the engine of ${host}.`,
    )(host),
  'bridge-full': ({ object }, _, host) => network(`the bridge ${object} takes no more containers`)(host),
  'interface-missing': (error, _, host) =>
    network(
      `${host} has no interface ${named(error)}`,
      'A network of macvlan or ipvlan names its parent: where nodes call it otherwise, each needs its own settings (docker network create --config-only).',
    )(host),
  'attach-late': ({ object }, _, host) =>
    network(`the managers gave it no address${object === null ? '' : ` in ${object}`} in time`)(host),
  'network-missing': (error, _, host) => {
    const name = named(error);
    return network(`${name === null ? 'a network' : `the network ${name}`} does not exist there`)(host);
  },
  'kernel-module': (error, _, host) => {
    const name = error.with === 'bridge-nf-call' ? 'br_netfilter' : named(error);
    return network(
      `its kernel has no module ${name}`,
      `On ${host}: modprobe ${name}. Where there is none, install the kernel’s extra modules (linux-modules-extra), or restart ${host} if its kernel was updated.`,
    )(host);
  },
  network: (_, __, host) => word(`Its network could not be set up on ${host}.`),
  secret: ({ object }, _, host) => word(`A secret it needs is missing on ${host}${inBrackets(object)}.`),
  config: ({ object }, _, host) => word(`A config it needs is missing on ${host}${inBrackets(object)}.`),
  'volume-plugin': (error, _, host) =>
    word(
      `The volume plugin${error.with === null ? '' : ` ${error.with}`} is not on ${host}${error.object === null ? '' : `: volume ${error.object} cannot be mounted there`}.`,
      `On ${host}: docker plugin ls shows what is installed and enabled.`,
    ),
  'plugin-disabled': ({ object }, _, host) =>
    word(
      `The plugin ${object} is disabled on ${host}.`,
      `On ${host}: docker plugin enable ${quoteShell(object ?? 'PLUGIN')}.`,
    ),
  'plugin-missing': ({ object }, _, host) =>
    word(
      `The plugin ${object} is not on ${host}.`,
      `On ${host}: docker plugin ls shows what is installed and enabled.`,
    ),
  'plugin-silent': (error, _, host) =>
    word(
      `The plugin ${error.with} does not answer on ${host}${error.object === null ? '' : `: volume ${error.object} cannot be used there`}.`,
      `On ${host}: docker plugin ls shows whether it is enabled; where it is a service of the host’s own, restart that.`,
    ),
  'volume-unknown-to-driver': (error, _, host) =>
    word(
      `Volume ${error.object} is known to ${host}, but not to its driver ${error.with}: it was removed there.`,
      `If its data may go, on ${host}: docker volume rm ${quoteShell(error.object ?? 'VOLUME')}.`,
    ),
  'volume-server': ({ object, with: server, reason }, _, host) =>
    word(
      `${object === null ? 'A volume' : `Volume ${object}`} cannot be mounted on ${host}${inBrackets(describeServer(server === null ? null : `server ${server}`, reason))}.`,
      adviseMount(reason, host) ??
        (server === null ? null : `Can ${host} reach ${server}, and does it export to ${host}?`),
    ),
  volume: ({ object, reason }, _, host) =>
    word(
      `${object === null ? 'A volume' : `Volume ${object}`} cannot be mounted on ${host}${inBrackets(describeErrorReason(reason))}.`,
      adviseMount(reason, host),
    ),
  'folder-missing': ({ object }, _, host) =>
    word(
      `The folder ${object} that it mounts does not exist on ${host}.`,
      `Make it on ${host}, or keep the service to nodes that have it with a placement constraint.`,
    ),
  'folder-denied': ({ object, reason }, _, host) =>
    word(
      `The folder ${object} that it mounts cannot be made on ${host}${inBrackets(describeErrorReason(reason))}.`,
      `Make it on ${host} by hand, or mount another one.`,
    ),
  'mount-mismatch': (error, _, host) =>
    word(
      `${error.object} of ${host} cannot be mounted at ${error.with}: one is a file, the other a folder.`,
      `Docker makes a folder where a file is missing: is ${error.object} on ${host} what you think it is?`,
    ),
  mount: ({ object, reason }, _, host) =>
    word(
      `${object === null ? 'A volume or folder that it mounts' : object} cannot be mounted on ${host}${inBrackets(reason === 'unknown-file-system' ? null : describeErrorReason(reason))}.`,
    ),
  gpu: ({ object }, _, host) =>
    word(
      `The GPU${object === null || object === '' ? '' : ` (${object})`} cannot be used on ${host}.`,
      `On ${host}: nvidia-smi shows whether the driver answers; the container toolkit must be set up for Docker.`,
    ),
  device: (error, _, host) =>
    word(
      `${named(error) === null ? 'A device that it needs' : `The device ${named(error)}`} is not on ${host}.`,
    ),
  'runtime-unknown': (error, _, host) =>
    word(
      `${named(error) === null ? 'Its runtime' : `The runtime ${named(error)}`} is not set up on ${host}.`,
      `It belongs into "runtimes" of /etc/docker/daemon.json on ${host}.`,
    ),
  'init-missing': (error, _, host) =>
    word(
      `The program ${named(error)} that --init runs it with is not on ${host}.`,
      `It comes with Docker’s package: install it on ${host}, or deploy without --init.`,
    ),
  'host-program': (error, _, host) =>
    word(
      `The program ${named(error)} that containers are run with is not on ${host}.`,
      `It is the node’s, and none of the image: install it on ${host}, or correct its path in /etc/docker/daemon.json there.`,
    ),
  capability: (error, _, host) =>
    word(
      error.reason === 'permission-denied'
        ? `The runtime of ${host} may not give it the capabilities that it asks for.`
        : `${named(error) === null ? 'A capability that it asks for' : `The capability ${named(error)}`} is not known on ${host}.`,
    ),
  sysctl: (error, _, host) =>
    word(
      `${named(error) === null ? 'A sysctl' : `The sysctl ${named(error)}`} cannot be set on ${host}.`,
      error.reason === 'permission-denied'
        ? `Where ${host} is an LXC container, its AppArmor profile forbids this to runc 1.3 and later: change that profile.`
        : null,
    ),
  'security-profile': (error, _, host) =>
    word(`Its security profile cannot be used on ${host}${inBrackets(error.object ?? error.with)}.`),
  'host-limits': (_, __, host) => word(`${host} refuses a limit that it asks for.`),
  'host-setting': (_, __, host) => word(`${host} refuses a setting that it asks for.`),
  hostname: ({ object }, _, host) =>
    word(
      `Its hostname${inBrackets(object)} is not one that ${host} takes: Linux allows 64 characters.`,
      'A hostname made by a template grows with the names in it: the id of a task alone has 25 characters.',
    ),
  user: ({ object }) => word(`Its command cannot start: its user ${object} is not in the image.`),
  group: ({ object }) => word(`Its command cannot start: its group ${object} is not in the image.`),
  'work-folder': (error) =>
    word(
      `Its command cannot start: its working folder ${named(error)} cannot be entered${inBrackets(describeErrorReason(error.reason))}.`,
    ),
  'command-missing': (error) => word(`${nameCommand(error)} cannot start: it is not in the image.`),
  'command-denied': (error) =>
    word(`${nameCommand(error)} cannot start: it is not executable (permission denied).`),
  'command-format': (error) =>
    word(
      `${nameCommand(error)} cannot start: it is built for another platform, or lacks its #! line.`,
      'If it ran on that node before, its image is damaged there, as after a power cut: docker image rm, and docker pull again.',
    ),
  'interpreter-missing': (error) =>
    word(
      `${nameCommand(error)} cannot start: it is there, and what its #! line names, or its loader, is not in the image.`,
      'A script with line ends of Windows names a program that ends in a carriage return: save it with LF alone. A program may be built for another C library (glibc, musl).',
    ),
  'init-out-of-memory': (_, { service }) =>
    word(
      'Its memory limit is too low to start in.',
      `Raise it: docker service update --limit-memory SIZE ${service}.`,
    ),
  processes: (_, { service }, host) =>
    word(
      `No more processes can be started in it on ${host}: its own limit or that of the node is reached.`,
      `docker service update --limit-pids N ${service} sets its own; on ${host}, ps -eLf | wc -l counts all.`,
    ),
  'open-files': (_, __, host) =>
    word(
      `${host} has too many open files.`,
      `On ${host}: cat /proc/sys/fs/file-nr shows how many there are, and how many may be.`,
    ),
  memory: (_, __, host) => word(`${host} has no memory left to start it in.`),
  'exec-stopped': (_, __, host) =>
    word(`The runtime of ${host} takes its container for stopped.`, `Restart the engine of ${host}.`),
  systemd: (_, __, host) =>
    word(
      `systemd of ${host} gives it no control group, so no container starts there.`,
      `On ${host}: does systemctl status answer, and journalctl -u dbus? systemctl daemon-reexec, or a restart of the engine or the node, often helps.`,
    ),
  'not-stopped': (_, __, host) =>
    word(
      `Its container could not be stopped on ${host}.`,
      `Its runtime (containerd-shim) or the disk there hangs: docker ps on ${host} shows what is left, and dmesg what hangs.`,
    ),
  runtime: (_, __, host) =>
    word(
      `The container runtime of ${host} failed.`,
      `Look at the engine’s own log, on ${host}: journalctl -u docker -u containerd.`,
    ),
};

/** What to look at, where the kernel's own word tells of it. */
function adviseMount(reason: ErrorReason | null, host: string): string | null {
  switch (reason) {
    case 'unknown-file-system':
      return `Its kernel module is missing: on ${host}, install nfs-common, cifs-utils or what else mounts it, and try modprobe with the volume’s type.`;
    case 'no-attributes':
      return 'Docker fills a new volume with what the image has there: mount it with volume-nocopy, or let its server take extended attributes.';
    case 'no-such-folder':
      return 'Does what the volume’s device option names exist, under exactly that name?';
    case 'no-such-device':
      return 'Does the share or device exist under that name, and does its server answer?';
    case 'options-refused':
      return 'docker volume inspect shows its options (type, o, device); a volume that was made with wrong ones has to be made again.';
    case 'invalid-option':
    case 'nfs-version':
      return `Its options (o=…) are not what ${host} takes: dmesg there says which.`;
    default:
      return null;
  }
}

function nameCommand(error: DockerError): string {
  const command = named(error);
  return command === null ? 'Its command' : `Its command ${command}`;
}

function describeServer(server: string | null, code: ErrorReason | null): string | null {
  const reason = describeErrorReason(code);
  if (server === null) return reason;
  return reason === null ? server : `${server.replace(/[:.]$/, '')}: ${reason}`;
}

/** What makes a node fit for a service: the constraints, or else what it reserves. */
function describeWants(wants: DockerFault['wants']): string {
  if (wants === null) return 'what it needs';
  const { constraints, memoryBytes, cpuNano } = wants;
  if (constraints.length > 0) return `its constraints (${constraints.join(', ')})`;
  if (memoryBytes !== null) return `what it reserves (${describeBytes(memoryBytes)} of memory)`;
  return cpuNano === null ? 'what it needs' : `what it reserves (${cpuNano / 1e9} CPU)`;
}

/** What an error of Docker's means, and what may help. */
export function describeDockerFault(facts: DockerFault): Phrase {
  const host = facts.host ?? 'its node';
  const { sentence, hint } = MEANINGS[facts.error.kind](facts.error, facts, host);
  // A hostname stays as it is; "its node" begins with a capital letter.
  const whole = facts.host === null && sentence.startsWith('its node') ? `I${sentence.slice(1)}` : sentence;
  return { sentence: whole, hint };
}
