import type { Cause, Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { type DockerError, parseDockerError } from '#lib/model/docker/docker-error.ts';
import type { ErrorKind } from '#lib/model/docker/error-rows.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { toErrorEvidence } from './evidence.ts';

/** What an error says of a task, and what may help. */
interface Meaning {
  cause: Cause;
  sentence: string;
  hint: string | null;
}

type Say = (error: DockerError, end: TaskEnd, host: string) => Meaning;

const say = (cause: Cause, sentence: string, hint: string | null = null): Meaning => ({
  cause,
  sentence,
  hint,
});

/** `x (a, b)`, without brackets where there is nothing in them. */
const inBrackets = (...parts: (string | null)[]): string => {
  const known = parts.filter((part) => part !== null && part !== '');
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
};

const network =
  (why: string, hint: string | null = null) =>
  (host: string) =>
    say('network-failed', `Its network could not be set up on ${host}: ${why}.`, hint);

/** Of what an error names, the first that is there. */
const named = ({ object, with: other }: DockerError): string | null => object ?? other;

const MEANINGS: Readonly<Record<ErrorKind, Say>> = {
  'node-unfit': (_, { service }, host) => {
    const wants = describeWants(service);
    return say(
      'node-unfit',
      `${host} no longer meets ${wants === null ? 'what it needs' : wants}: Swarm stopped it there.`,
    );
  },
  'volume-drained': (_, __, host) =>
    say('mount-missing', `A volume that it mounts is being drained: Swarm stopped it on ${host}.`),
  'container-gone': () =>
    say('container-gone', 'Its container disappeared: the engine was restarted, or someone removed it.'),
  'name-taken': ({ object }, _, host) =>
    say(
      'container-gone',
      `Another container on ${host} has its name${object === null ? '' : `, ${object}`}.`,
      object === null ? null : `If nobody needs that one, on ${host}: docker rm ${object}.`,
    ),
  'control-groups': (_, __, host) =>
    say(
      'host-limit',
      `${host} has no room for more control groups, so no container starts there.`,
      `Control groups of containers that are gone may be left on ${host}: restart it, or update its kernel.`,
    ),
  inotify: (_, __, host) =>
    say(
      'host-limit',
      `${host} has no inotify watches or instances left.`,
      `On ${host}: raise fs.inotify.max_user_watches and fs.inotify.max_user_instances with sysctl.`,
    ),
  'disk-full': (_, __, host) =>
    say(
      'disk-full',
      `The disk of ${host} is full (no space, or no inodes).`,
      `On ${host}: df -h and df -i show which is used up; docker system prune frees what nobody uses.`,
    ),
  'disk-broken': (_, __, host) =>
    say(
      'disk-full',
      `The engine of ${host} cannot write its disk.`,
      `On ${host}: dmesg tells whether the disk fails or was mounted read-only.`,
    ),
  'log-driver': (error, { service }, host) => {
    const driver = error.object ?? service.logDriver;
    return say(
      'log-driver',
      `Its log driver cannot start on ${host}${inBrackets(driver, describeServer(error.with, error.reason))}: without it no container starts there.`,
      error.with === null
        ? null
        : 'Bring the log server back, or let the driver connect later (fluentd-async, mode=non-blocking, or a driver that keeps logs on the node).',
    );
  },
  'port-taken': ({ object }, _, host) =>
    object === null
      ? say('port-in-use', `A host port it needs is already in use on ${host}.`)
      : say(
          'port-in-use',
          `Host port ${object} is already in use on ${host}.`,
          `See what holds it, on ${host}: ss -ltnp 'sport = :${object}'.`,
        ),
  'port-address': ({ object }, _, host) =>
    say('port-in-use', `The address ${object} that it publishes a port on does not exist on ${host}.`),
  'port-denied': ({ object }, _, host) =>
    say('port-in-use', `The engine of ${host} may not open host port ${object}.`),
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
      'A larger subnet needs a new network: docker network create --driver overlay --subnet.',
    )(host),
  'subnet-overlap': (error, _, host) =>
    network(`its subnet${named(error) === null ? '' : ` ${named(error)}`} overlaps another one there`)(host),
  'vxlan-left': (_, __, host) =>
    network(
      'an interface of an earlier overlay network is left there (vxlan, file exists)',
      `Restart the engine of ${host}, or remove the interface that is left: ip -d link show type vxlan.`,
    )(host),
  firewall: (_, __, host) =>
    network(
      'Docker’s rules cannot be written to its firewall (iptables)',
      `Something else may have flushed them: restart the engine of ${host}.`,
    )(host),
  'bridge-full': ({ object }, _, host) => network(`the bridge ${object} takes no more containers`)(host),
  'attach-late': ({ object }, _, host) =>
    network(`the managers gave it no address${object === null ? '' : ` in ${object}`} in time`)(host),
  'network-missing': (error, _, host) => {
    const name = named(error);
    return network(`${name === null ? 'a network' : `the network ${name}`} does not exist there`)(host);
  },
  network: (_, __, host) => say('network-failed', `Its network could not be set up on ${host}.`),
  secret: ({ object }) => say('secret-missing', `A secret it needs is missing${inBrackets(object)}.`),
  config: ({ object }) => say('secret-missing', `A config it needs is missing${inBrackets(object)}.`),
  'volume-plugin': (error, _, host) =>
    say(
      'plugin-missing',
      `The volume plugin${error.with === null ? '' : ` ${error.with}`} is not on ${host}${error.object === null ? '' : `: volume ${error.object} cannot be mounted there`}.`,
      `On ${host}: docker plugin ls shows what is installed and enabled.`,
    ),
  'volume-unknown-to-driver': (error, _, host) =>
    say(
      'mount-missing',
      `Volume ${error.object} is known to ${host}, but not to its driver ${error.with}: it was removed there.`,
      `If its data may go, on ${host}: docker volume rm ${error.object}.`,
    ),
  'volume-server': ({ object, with: server, reason }, _, host) =>
    say(
      'mount-missing',
      `${object === null ? 'A volume' : `Volume ${object}`} cannot be mounted on ${host}${inBrackets(describeServer(server === null ? null : `server ${server}`, reason))}.`,
      server === null ? null : `Can ${host} reach ${server}, and does it export to ${host}?`,
    ),
  volume: ({ object, reason }, _, host) =>
    say(
      'mount-missing',
      `${object === null ? 'A volume' : `Volume ${object}`} cannot be mounted on ${host}${inBrackets(reason)}.`,
    ),
  'folder-missing': ({ object }, _, host) =>
    say(
      'mount-missing',
      `The folder ${object} that it mounts does not exist on ${host}.`,
      `Make it on ${host}, or keep the service to nodes that have it with a placement constraint.`,
    ),
  'folder-denied': ({ object, reason }, _, host) =>
    say(
      'mount-missing',
      `The folder ${object} that it mounts cannot be made on ${host}${inBrackets(reason)}.`,
      `Make it on ${host} by hand, or mount another one.`,
    ),
  'mount-mismatch': (error, _, host) =>
    say(
      'mount-missing',
      `${error.object} of ${host} cannot be mounted at ${error.with}: one is a file, the other a folder.`,
      `Docker makes a folder where a file is missing: is ${error.object} on ${host} what you think it is?`,
    ),
  mount: ({ object, reason }, _, host) =>
    say(
      'mount-missing',
      `${object === null ? 'A volume or folder that it mounts' : object} cannot be mounted on ${host}${inBrackets(reason)}.`,
    ),
  gpu: ({ object }, _, host) =>
    say(
      'device-missing',
      `The GPU${object === null || object === '' ? '' : ` (${object})`} cannot be used on ${host}.`,
      `On ${host}: nvidia-smi shows whether the driver answers; the container toolkit must be set up for Docker.`,
    ),
  device: (error, _, host) =>
    say(
      'device-missing',
      `${named(error) === null ? 'A device that it needs' : `The device ${named(error)}`} is not on ${host}.`,
    ),
  'runtime-unknown': (error, _, host) =>
    say(
      'runtime-failed',
      `${named(error) === null ? 'Its runtime' : `The runtime ${named(error)}`} is not set up on ${host}.`,
      `It belongs into "runtimes" of /etc/docker/daemon.json on ${host}.`,
    ),
  capability: (error, _, host) =>
    say(
      'setting-refused',
      `${named(error) === null ? 'A capability that it asks for' : `The capability ${named(error)}`} is not known on ${host}.`,
    ),
  sysctl: (error, _, host) =>
    say(
      'setting-refused',
      `${named(error) === null ? 'A sysctl' : `The sysctl ${named(error)}`} that it sets cannot be set on ${host}.`,
    ),
  'security-profile': (error, _, host) =>
    say(
      'setting-refused',
      `Its security profile cannot be used on ${host}${inBrackets(error.object ?? error.with)}.`,
    ),
  'host-limits': (_, __, host) => say('setting-refused', `${host} refuses a limit that it asks for.`),
  user: ({ object }) =>
    say('command-cannot-start', `Its command cannot start: its user ${object} is not in the image.`),
  group: ({ object }) =>
    say('command-cannot-start', `Its command cannot start: its group ${object} is not in the image.`),
  'work-folder': (error) =>
    say(
      'command-cannot-start',
      `Its command cannot start: its working folder ${named(error)} cannot be entered${inBrackets(error.reason)}.`,
    ),
  'command-missing': (error) =>
    say('command-cannot-start', `${nameCommand(error)} cannot start: it is not in the image.`),
  'command-denied': (error) =>
    say(
      'command-cannot-start',
      `${nameCommand(error)} cannot start: it is not executable (permission denied).`,
    ),
  'command-format': (error) =>
    say(
      'command-cannot-start',
      `${nameCommand(error)} cannot start: it is built for another platform, or lacks its #! line.`,
    ),
  'init-out-of-memory': (_, { service }) =>
    say(
      'out-of-memory',
      'Its memory limit is too low to start in.',
      `Raise it: docker service update --limit-memory SIZE ${service.name}.`,
    ),
  processes: (_, { service }, host) =>
    say(
      'host-limit',
      `No more processes can be started in it on ${host}: its own limit or that of the node is reached.`,
      `docker service update --limit-pids N ${service.name} sets its own; on ${host}, ps -eLf | wc -l counts all.`,
    ),
  'open-files': (_, __, host) =>
    say(
      'host-limit',
      `${host} has too many open files.`,
      `On ${host}: cat /proc/sys/fs/file-nr shows how many there are, and how many may be.`,
    ),
  memory: (_, __, host) => say('host-limit', `${host} has no memory left to start it in.`),
  'exec-stopped': (_, __, host) =>
    say(
      'runtime-failed',
      `The runtime of ${host} takes its container for stopped.`,
      `Restart the engine of ${host}.`,
    ),
  runtime: (_, __, host) =>
    say(
      'runtime-failed',
      `The container runtime of ${host} failed.`,
      `Look at the engine’s own log, on ${host}: journalctl -u docker -u containerd.`,
    ),
};

function nameCommand(error: DockerError): string {
  const command = named(error);
  return command === null ? 'Its command' : `Its command ${command}`;
}

function describeServer(server: string | null, reason: string | null): string | null {
  if (server === null) return reason;
  return reason === null ? server : `${server.replace(/[:.]$/, '')}: ${reason}`;
}

/** What makes a node fit for a service: the constraints, or else what it reserves. */
function describeWants({ constraints, reserved }: TaskEnd['service']): string | null {
  if (constraints.length > 0) return `its constraints (${constraints.join(', ')})`;
  if (reserved.memoryBytes !== null)
    return `what it reserves (${describeBytes(reserved.memoryBytes)} of memory)`;
  return reserved.cpuNano === null ? null : `what it reserves (${reserved.cpuNano / 1e9} CPU)`;
}

/** The cause that Docker's own text names, with its object; `null` where no rule knows the text. */
export function diagnoseDockerError(end: TaskEnd): Diagnosis | null {
  const found = explainDockerError(end, end.hostname ?? 'this node');
  if (found === null) return null;
  const { cause, sentence } = found;
  return { cause, sentence: capitalise(sentence, end.hostname), evidence: toErrorEvidence(end), calm: false };
}

/** What to do about it, for whoever goes to `host`; `null` where nothing is plain. */
export function adviseDockerError(end: TaskEnd, host: string): string | null {
  return explainDockerError(end, host)?.hint ?? null;
}

function explainDockerError(end: TaskEnd, host: string): Meaning | null {
  const text = end.task.error ?? end.container?.error ?? '';
  const error = parseDockerError(text);
  return error === null ? null : MEANINGS[error.kind](error, end, host);
}

/** A hostname stays as it is; "this node" begins with a capital letter. */
function capitalise(sentence: string, hostname: string | null): string {
  return hostname === null && sentence.startsWith('this node') ? `T${sentence.slice(1)}` : sentence;
}
