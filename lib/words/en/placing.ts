import type { FindingFacts, FullNetwork } from '#lib/model/contract/finding-facts.ts';
import type { NodeReason, SchedulingWants } from '#lib/model/docker/task-error.ts';
import { isFullByCount } from '#lib/model/findings/address-shortage.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { quoteShell } from '#lib/model/text/quote-shell.ts';
import type { ReplicaWords } from '#lib/words/words.ts';
import { describeReasonAge } from './late.ts';
import { formatPlural, joinNames } from './lists.ts';

/** What keeps a task from a node. */
export const placing = {
  scheduling: (facts) => ({ sentence: describeScheduling(facts), hint: null }),
  'no-address': (facts) => ({
    sentence: `${isFullByCount(facts) ? 'No' : 'Perhaps no'} address is left for it in the network ${nameNetwork(facts)}: ${describeAddressUse(facts)}.`,
    hint: describeAddressRemedy(facts),
  }),
  'no-suitable-node': (facts) => ({
    sentence: `No node can take it${describeNodeReasons(facts.reasons, facts.wants)}.${describeOff(facts)}${describeReasonAge(facts.age)}`,
    hint: describeRemedy(facts),
  }),
} satisfies Partial<ReplicaWords>;

export function describeScheduling({ waitsFor, words }: FindingFacts['scheduling']): string {
  if (words !== null) return `Waiting for a node: ${words}.`;
  return waitsFor === 'networks'
    ? 'Waiting for Swarm to set up its networks.'
    : 'Waiting for Swarm to choose a node.';
}

/** `: 2 nodes not available …, constraint x not met on 1 node`; empty where there is no reason. */
export function describeNodeReasons(reasons: readonly NodeReason[] | null, wants: SchedulingWants): string {
  if (reasons === null || reasons.length === 0) return '';
  return `: ${reasons.map((reason) => describeNodeReason(reason, wants)).join(', ')}`;
}

export function describeNodeReason(reason: NodeReason, wants: SchedulingWants): string {
  if (reason.kind === 'other') return reason.words;
  const nodes = reason.nodes === null ? '' : `${reason.nodes} ${reason.nodes === 1 ? 'node' : 'nodes'}`;
  switch (reason.kind) {
    case 'not-available':
      return `${nodes} not available for new tasks (drained, paused or down)`;
    case 'resources': {
      const wanted = describeReserved(wants.reserved);
      return `insufficient resources on ${nodes}${wanted === null ? '' : ` (it reserves ${wanted})`}`;
    }
    case 'plugin':
      return `missing plugin on ${nodes} (${describeDrivers(wants)})`;
    case 'constraints': {
      const [only] = wants.constraints;
      return only !== undefined && wants.constraints.length === 1
        ? `constraint ${only} not met on ${nodes}`
        : `constraints not met on ${nodes}`;
    }
    case 'platform':
      return `the image${inBrackets(wants.platforms ?? [])} does not run on the platform of ${nodes}`;
    case 'host-port': {
      const ports = toHostPorts(wants);
      return `host port ${ports.length === 0 ? '' : `${joinNames(ports)} `}already in use on ${nodes}`;
    }
    case 'max-per-node':
      return `limit of replicas per node reached${nodes === '' ? '' : ` on ${nodes}`}`;
    case 'volumes':
      return `volumes cannot be mounted on ${nodes}`;
  }
}

const inBrackets = (names: readonly string[]) => (names.length === 0 ? '' : ` (${joinNames(names)})`);

/** The ports that it must have on its node for itself. */
function toHostPorts({ ports = [] }: SchedulingWants): string[] {
  return ports
    .filter(({ mode }) => mode === 'host')
    .flatMap(({ published }) => (published === null ? [] : String(published)));
}

/** ` docker05 meets them, and is drained.` */
function describeOff({ off, wants }: FindingFacts['no-suitable-node']): string {
  if (!off) return '';
  return ` ${off.host} meets ${wants.constraints.length === 1 ? 'it' : 'them'}, and is ${off.why}.`;
}

/** `0.5 CPU, 512 MiB of memory and NVIDIA-GPU=1`; `null`: nothing is reserved. */
function describeReserved({ cpuNano, memoryBytes, generic }: SchedulingWants['reserved']): string | null {
  const parts = [
    ...(cpuNano === null ? [] : [`${cpuNano / 1e9} CPU`]),
    ...(memoryBytes === null ? [] : [`${describeBytes(memoryBytes)} of memory`]),
    ...generic,
  ];
  const last = parts.pop();
  if (last === undefined) return null;
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

function describeDrivers({ volumeDrivers, logDriver }: SchedulingWants): string {
  const drivers = volumeDrivers.map((name) => `volume driver ${name}`);
  if (logDriver !== null) drivers.push(`log driver ${logDriver}`);
  return drivers.length === 0 ? 'the driver of one of its networks' : drivers.join(', ');
}

/** By the scheduler's first reason that has a remedy. */
export function describeRemedy({
  service,
  reasons,
  wants,
  off,
}: Pick<FindingFacts['no-suitable-node'], 'service' | 'reasons' | 'wants' | 'off'>): string | null {
  const has = (kind: NodeReason['kind']) => reasons.some((reason) => reason.kind === kind);
  if (has('resources')) return describeRoom(service, wants.reserved);
  if (has('plugin'))
    return 'On the nodes that should take it: docker plugin ls shows what is installed and enabled.';
  if (off)
    return off.why === 'down'
      ? `Bring ${off.host} back, or give another node what it asks for.`
      : `Let it take tasks again: docker node update --availability active ${quoteShell(off.host)}.`;
  const odd = has('constraints') || reasons.length === 0 ? describeOdd(wants.constraints) : null;
  if (odd !== null) return odd;
  const label = has('constraints') ? describeLabel(wants.constraints) : null;
  if (label !== null) return label;
  if (has('host-port')) {
    const [port] = toHostPorts(wants);
    const who =
      port === undefined ? '' : ` Which container has it there: docker ps --filter publish=${port}.`;
    return `A port in host mode can be had once on each node: run fewer replicas, or add a node.${who}`;
  }
  if (has('platform'))
    return "Build it for the platform of these nodes, too: docker node inspect --format '{{.Description.Platform}}' NODE.";
  if (has('max-per-node'))
    return `Add a node, or allow more on each: docker service update --replicas-max-per-node N ${service}.`;
  return has('not-available') ? 'See which nodes are drained, paused or down: docker node ls.' : null;
}

/** What Swarm compares (swarmkit manager/constraint/constraint.go): of anything else it finds on no node. */
const ATTRIBUTE =
  /^\s*(?:node\.(?:id|hostname|ip|role|platform\.(?:os|arch)|labels\.\S+)|engine\.labels\.\S+)\s*[=!]=/i;

/** A label without what it is a label of is what most mistake (moby/moby#29724). */
function describeOdd(constraints: readonly string[]): string | null {
  const odd = constraints.find((constraint) => !ATTRIBUTE.test(constraint));
  const [, name, rest] = /^\s*([^\s=!]+)\s*([=!]=.*)$/.exec(odd ?? '') ?? [];
  if (odd === undefined || name === undefined || rest === undefined) return null;
  return `Swarm knows nothing of nodes that is called ${name}: for a label of nodes, write node.labels.${name}${rest.trim().replace(/^(..)\s*/, '$1')}.`;
}

/** Only a label can be given to a node; of several constraints any may be the one that is not met. */
function describeLabel(constraints: readonly string[]): string | null {
  const [only] = constraints;
  if (only === undefined || constraints.length > 1) return null;
  const label = /^\s*node\.labels\.([^\s=!]+)\s*==\s*(\S+)\s*$/.exec(only);
  return label === null
    ? null
    : `Give a node that label: docker node update --label-add ${label[1]}=${label[2]} NODE.`;
}

function describeRoom(service: string, reserved: SchedulingWants['reserved']): string | null {
  const wanted = describeReserved(reserved);
  if (wanted === null) return null;
  const flags = [
    ...(reserved.cpuNano === null ? [] : ['--reserve-cpu N']),
    ...(reserved.memoryBytes === null ? [] : ['--reserve-memory SIZE']),
  ].join(' ');
  const [generic] = reserved.generic;
  if (generic !== undefined && flags === '')
    return `It reserves ${wanted}: free that on one node, or offer it with "node-generic-resources": ["${generic}"] in its daemon.json.`;
  return `It reserves ${wanted}: free that much on one node, or lower it with docker service update ${flags} ${service}.`;
}

/** `shop_backend (10.0.9.0/28)` */
export function nameNetwork({ network, subnets }: FullNetwork): string {
  return subnets.length === 0 ? network : `${network} (${subnets.join(', ')})`;
}

/**
 * `all 13 are taken, by 8 tasks, 2 services and 3 nodes`; where that does not come to all of them, somebody who is not known
 * may have the rest, or it is too few for the first task of a node, which takes two.
 */
export function describeAddressUse(facts: FullNetwork): string {
  const { size, tasks, vips, nodes } = facts;
  const parts = [
    tasks > 0 ? formatPlural(tasks, 'task') : null,
    vips > 0 ? formatPlural(vips, 'service') : null,
    nodes > 0 ? formatPlural(nodes, 'node') : null,
  ].filter((part) => part !== null);
  const counted = tasks + vips + nodes;
  if (!isFullByCount(facts))
    return `${parts.length === 0 ? 'nobody known' : joinNames(parts)} ${counted < 2 ? 'has' : 'have'} ${counted} of ${size}, and the rest may be taken by containers that joined it by hand, or too few for a node’s first task, which takes two`;
  return `all ${size} are taken${parts.length === 0 ? '' : `, by ${joinNames(parts)}`}`;
}

/** A network cannot be made larger. */
export function describeAddressRemedy({ network }: FullNetwork): string {
  return `A network cannot grow: scale something down on it, or give its services another one with a larger --subnet. See who is on it: docker network inspect -v ${network}.`;
}
