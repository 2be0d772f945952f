import type { NodeRootFacts, Suffering } from '#lib/model/contract/root-facts.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { CaseWords } from '#lib/words/words.ts';
import { joinNames } from './lists.ts';

/** `shop-db, shop-web and 3 more services`. */
export function nameServices({ count, names }: Suffering['services']): string {
  const more = count - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more ${more === 1 ? 'service' : 'services'}`;
  return joinNames(names);
}

const CANNOT: Readonly<Record<Suffering['cannot'], string>> = {
  start: 'cannot start there',
  'be-probed': 'cannot be probed there',
  both: 'can neither start nor be probed there',
};

const suffer = (facts: Suffering) => `${nameServices(facts.services)} ${CANNOT[facts.cannot]}`;

const USED_UP: Readonly<Record<NodeRootFacts['node-limit']['what'], [what: string, hint: string]>> = {
  'control-groups': ['control groups', 'cat /proc/cgroups; docker ps -aq | wc -l'],
  cpuset: [
    'processors for its control groups (cpuset)',
    'cat /sys/fs/cgroup/cpuset/docker/cpuset.{cpus,mems}',
  ],
  'kernel-keys': ['keys of its kernel', 'sysctl kernel.keys; cat /proc/key-users'],
  mounts: ['mounts', 'sysctl fs.mount-max; wc -l /proc/mounts'],
  namespaces: ['namespaces', 'sysctl user; lsns | wc -l'],
  inotify: ['inotify watches', 'sysctl fs.inotify'],
  processes: ['processes', 'ps -e | wc -l; sysctl kernel.pid_max kernel.threads-max'],
  'open-files': ['open files', 'cat /proc/sys/fs/file-nr; systemctl show docker containerd -p LimitNOFILE'],
  memory: ['memory', 'free -m; dmesg -T | tail'],
};

const NETWORK: Readonly<Record<NodeRootFacts['node-network']['what'], [what: string, hint: string]>> = {
  firewall: [
    'The firewall rules of Docker on HOST are gone, or cannot be set',
    'On HOST: iptables -L DOCKER. Docker sets its rules anew when it restarts: systemctl restart docker.',
  ],
  'firewall-held': [
    'Another program holds the firewall of HOST, and Docker waits in vain',
    'On HOST: sudo fuser -v /run/xtables.lock shows which program that is.',
  ],
  'firewall-denied': [
    'The engine of HOST may not write rules to its firewall',
    'Where HOST is a container itself, it must be allowed to (an LXC container with nesting, or CAP_NET_ADMIN).',
  ],
  'firewall-table': [
    'The kernel of HOST lacks a table of iptables that Docker needs',
    'On HOST: lsmod | grep -E "^ip6?table". Load the module that is named at each start, or restart HOST if its kernel was updated.',
  ],
  'ipv6-off': [
    'IPv6 is switched off in the kernel of HOST, and its engine needs it',
    'Start HOST without ipv6.disable=1, or have its engine leave IPv6 alone ("ip6tables": false in /etc/docker/daemon.json).',
  ],
  'kernel-module': [
    'The kernel of HOST lacks a module that Docker’s networks need',
    'On HOST: modprobe br_netfilter vxlan. Where there is none, install the kernel’s extra modules, or restart HOST if its kernel was updated.',
  ],
  'subnets-used-up': [
    'The engine of HOST finds no subnet that overlaps nothing',
    'docker network prune on HOST frees those that nobody uses. A VPN whose route covers all private addresses does the same.',
  ],
  'vxlan-left': [
    'A network interface of an earlier overlay network is left on HOST',
    'On HOST: ip -d link show type vxlan; remove what no network uses (ip link delete NAME), or restart the host.',
  ],
  'vxlan-port': [
    'Something else on HOST has the UDP port of Swarm’s overlays',
    'On HOST: ss -lunp, and ip -d link show type vxlan. A swarm can be made with another port: docker swarm init --data-path-port.',
  ],
  'bridge-full': [
    'A bridge on HOST takes no more interfaces',
    'On HOST: ip link show type veth | wc -l. A bridge takes 1,023.',
  ],
};

/** Docker tells no more of a failed pull than that the image is not there: what it was is in the engine's own log. */
export function adviseRegistry(registry: string, host: string | null = null): string {
  return `Does ${registry} answer${host === null ? '' : ` from ${host}`}, is its login still valid, and were these tags pushed? The engine's log says what it met: journalctl -u docker | grep -i pull.`;
}

/** What several services on one node suffer from, said once, of the node. */
export const nodeRoots: CaseWords<NodeRootFacts> = {
  'node-disk': (facts) => ({
    sentence: `${DISK[facts.what ?? 'closed'].replace('HOST', facts.host)}: ${suffer(facts)}.`,
    hint:
      facts.what === 'broken'
        ? `On ${facts.host}: dmesg -T | tail, and mount | grep -w ro.`
        : `On ${facts.host}: df -h and df -i for Docker's folder (docker info -f '{{.DockerRootDir}}'); docker system df says what takes the room.`,
  }),
  'node-limit': (facts) => ({
    sentence: `${facts.host} has no more ${USED_UP[facts.what][0]} to give: ${suffer(facts)}.`,
    hint: `On ${facts.host}: ${USED_UP[facts.what][1]}.`,
  }),
  'node-runtime': (facts) => ({
    sentence: `The container runtime of ${facts.host} fails: ${suffer(facts)}.`,
    hint: `On ${facts.host}: systemctl status containerd docker, and journalctl -u containerd -u docker.`,
  }),
  'node-name-server': (facts) => ({
    sentence: `${facts.host} cannot look up names (${facts.server}): ${suffer(facts)}.`,
    hint: `On ${facts.host}: resolvectl status and resolvectl query NAME, or cat /etc/resolv.conf and nslookup NAME.`,
  }),
  'node-log-server': (facts) => ({
    sentence: `${facts.host} does not reach the log server ${facts.server}: ${suffer(facts)}.`,
    hint: `Does ${facts.server} answer from ${facts.host}? Until it does, no container that logs there can start.`,
  }),
  'node-volume-server': (facts) => ({
    sentence: `${facts.host} does not reach the file server ${facts.server}: ${suffer(facts)}.`,
    hint: `Does ${facts.server} answer from ${facts.host}? Until it does, no volume of it can be mounted there.`,
  }),
  'node-log-driver': (facts) => ({
    sentence: `${facts.host} has no log driver ${facts.driver}: ${suffer(facts)}.`,
    hint: `On ${facts.host}: docker plugin ls. Install and enable ${facts.driver} there.`,
  }),
  'node-network': (facts) => {
    const [what, hint] = NETWORK[facts.what];
    return {
      sentence: `${what.replace('HOST', facts.host)}: ${suffer(facts)}.`,
      hint: hint.replaceAll('HOST', facts.host),
    };
  },
  'node-registry': (facts) => ({
    sentence: `Images of ${facts.registry} could not be pulled on ${facts.host}: ${suffer(facts)}.`,
    hint: adviseRegistry(facts.registry, facts.host),
  }),
  'node-probes': (facts) => ({
    sentence: `${facts.services.count} services on ${facts.host} failed their probes within ${describeDuration(facts.withinMs)}${TIMED_OUT[facts.timedOut]}: look at the node.`,
    hint: `On ${facts.host}: its load, disk and memory (top, iostat -x 1), and journalctl -u docker. If these services all need one other, look at that one first.`,
  }),
  'node-kills': (facts) => ({
    sentence: `Processes of ${facts.services.count} services on ${facts.host} were killed within ${describeDuration(facts.withinMs)} (exit 137), and none of them had reached a memory limit of its own: ${nameServices(facts.services)}.`,
    hint: `On ${facts.host}: journalctl -k | grep -i oom says whether the host had no memory left (free -m), journalctl -u docker whether its engine ended them. Services without a limit can take all of it: docker service update --limit-memory SIZE.`,
  }),
};

const DISK = {
  full: 'The disk of HOST is full',
  broken: 'The disk of HOST cannot be written',
  closed: 'The disk of HOST takes no more',
} as const;

const TIMED_OUT: Readonly<Record<NodeRootFacts['node-probes']['timedOut'], string>> = {
  all: ', all by timeout',
  most: ', most by timeout',
  some: ', some by timeout',
  none: '',
};
