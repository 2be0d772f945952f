import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodeSign } from '#lib/model/contract/node-sign.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { isEndedTask, isUpTask, isWantedTask, type Task, toSlotKey } from '#lib/model/docker/task.ts';
import { AGE_LIMITS } from '#lib/model/status/age-limits.ts';
import { findStoppingOf } from '#lib/model/status/late.ts';
import type { Slot } from '#lib/model/status/slots.ts';
import { describeAge, findNextAge } from '#lib/model/text/describe-age.ts';

/** What a manager lists of a service, and what engines tell of it. */
export interface DisagreementFacts {
  service: Service;
  tasks: readonly Task[];
  /** The slots that are replicas now: their newest tasks speak for themselves. */
  slots: readonly Slot[];
  /** Every container of the service that an engine tells of now. */
  containers: readonly Container[];
  /** Our clock, since when nobody was found who owns this container. */
  seenSince: (containerId: string) => number;
  nodeOf: (nodeId: string) => SwarmNode | null;
  engineOf: (nodeId: string) => Source | null;
  /** Our clock, epoch ms. */
  nowMs: number;
}

export type ServiceFound = Omit<Finding, 'subject' | 'sinceMs'> & { sinceMs: number | null };

export interface Disagreement {
  findings: ServiceFound[];
  signs: NodeSign[];
  /** Our clock: when time alone changes it; `null`: it does not. */
  recheckAtMs: number | null;
}

/** One task or container that should not be there. */
interface Leftover {
  node: SwarmNode | null;
  containerId: string | null;
  slot: number | null;
  sinceMs: number;
}

/**
 * Where the manager and the engines do not say the same: tasks told to stop that run on, containers that no wanted task
 * owns, copies on nodes that Swarm counts as lost, two tasks where one is wanted. None of them is a replica.
 */
export function findDisagreement(facts: DisagreementFacts): Disagreement {
  const sort = sortLeftovers(facts);
  const findings = [
    findLingering(facts.service, sort.lingering, facts.nowMs),
    findForgotten(facts.service, sort.forgotten),
    findCopies(facts.service, sort.copies),
    findDoubled(facts),
  ].filter((found) => found !== null);
  const said = [...sort.lingering, ...sort.forgotten, ...sort.copies].map(({ sinceMs }) => sinceMs);
  const ages = said.map((sinceMs) => findNextAge(sinceMs, facts.nowMs));
  const moments = [...sort.recheckAtMs, ...ages];
  return {
    findings,
    signs: findSigns(facts, sort),
    recheckAtMs: moments.length === 0 ? null : Math.min(...moments),
  };
}

interface Leftovers {
  lingering: Leftover[];
  forgotten: Leftover[];
  copies: (Leftover & { isHealthy: boolean })[];
  recheckAtMs: number[];
}

function sortLeftovers(facts: DisagreementFacts): Leftovers {
  const { service, tasks, slots, containers, nodeOf, engineOf, nowMs } = facts;
  const sort: Leftovers = { lingering: [], forgotten: [], copies: [], recheckAtMs: [] };
  const newest = new Set(slots.map((slot) => slot.newest.id));
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const containerOf = new Map(
    containers.map((container) => [`${container.nodeId} ${container.taskId}`, container]),
  );
  const isLive = (nodeId: string) => engineOf(nodeId)?.state === 'live';
  const add = (list: Leftover[], lateAtMs: number, leftover: Leftover) => {
    if (nowMs >= lateAtMs) list.push(leftover);
    else sort.recheckAtMs.push(lateAtMs);
  };
  for (const task of tasks) {
    if (isWantedTask(task) || !isUpTask(task) || newest.has(task.id) || task.nodeId === null) continue;
    const node = nodeOf(task.nodeId);
    const container = containerOf.get(`${task.nodeId} ${task.id}`) ?? null;
    // Told so by its engine: nothing of it runs.
    if (node === null || (isLive(task.nodeId) && !isRunning(container))) continue;
    const containerId = container?.id ?? task.containerId;
    const leftover: Leftover = { node, containerId, slot: task.slot, sinceMs: nowMs };
    if (node.status === 'down') {
      if (container === null || !isLive(task.nodeId)) continue;
      const sinceMs = Math.min(node.updatedAtMs ?? nowMs, nowMs);
      sort.copies.push({ ...leftover, sinceMs, isHealthy: container.health?.status === 'healthy' });
      continue;
    }
    const { sinceMs, lateAtMs } = findStoppingOf(task, { stopGraceMs: service.stopGraceMs, node, nowMs });
    add(sort.lingering, lateAtMs, { ...leftover, sinceMs });
  }
  for (const container of containers) {
    const { nodeId, taskId } = container;
    const task = byId.get(taskId ?? '');
    if (!isRunning(container) || !isLive(nodeId)) continue;
    const isOwned = task !== undefined && task.nodeId === nodeId && !isEndedTask(task);
    if (isOwned) continue;
    const endedAtMs = task !== undefined && task.nodeId === nodeId ? task.stateAtMs : null;
    const sinceMs = Math.min(endedAtMs ?? container.startedAtMs ?? nowMs, nowMs);
    // A list may be a little behind what its engine does.
    const seenAtMs = facts.seenSince(container.id) + AGE_LIMITS.unowned.ms;
    const lateAtMs = Math.max(seenAtMs, sinceMs + service.stopGraceMs + AGE_LIMITS.stopping.ms);
    const node = nodeOf(nodeId);
    add(sort.forgotten, lateAtMs, { node, containerId: container.id, slot: task?.slot ?? null, sinceMs });
  }
  return sort;
}

function isRunning(container: Container | null): boolean {
  return container !== null && !isDeadContainer(container) && container.state !== 'created';
}

function findLingering(
  { name }: Service,
  lingering: readonly Leftover[],
  nowMs: number,
): ServiceFound | null {
  const oldest = findOldest(lingering);
  if (oldest === null) return null;
  const one = lingering.length === 1;
  const age = describeAge(nowMs - oldest.sinceMs);
  const who = one
    ? `1 old replica was told to stop ${age} ago and still runs on ${nameHosts(lingering)}`
    : `${lingering.length} old replicas were told to stop, the first ${age} ago, and still run on ${nameHosts(lingering)}`;
  return {
    cause: 'task-lingering',
    level: 'problem',
    sentence: `${who}; requests to ${name} may still reach ${one ? 'it' : 'them'}.`,
    evidence: null,
    hint: `${adviseRemoval(oldest)} If that hangs, restart the engine there: systemctl restart docker.`,
    sinceMs: oldest.sinceMs,
    because: null,
  };
}

function findForgotten({ name }: Service, forgotten: readonly Leftover[]): ServiceFound | null {
  const oldest = findOldest(forgotten);
  if (oldest === null) return null;
  const of = oldest.slot === null ? name : `${name}.${oldest.slot}`;
  const who =
    forgotten.length === 1
      ? `A forgotten container of ${of} still runs on ${nameHosts(forgotten)} (${toShort(oldest.containerId)}): Swarm does not know it`
      : `${forgotten.length} forgotten containers of ${name} still run on ${nameHosts(forgotten)}: Swarm does not know them`;
  return {
    cause: 'container-forgotten',
    level: 'problem',
    sentence: `${who}; ${forgotten.length === 1 ? 'it' : 'each'} may hold a port, a volume or an address.`,
    evidence: null,
    hint: adviseRemoval(oldest),
    sinceMs: oldest.sinceMs,
    because: null,
  };
}

function findCopies({ name }: Service, copies: Leftovers['copies']): ServiceFound | null {
  const [first] = copies;
  if (first?.node == null) return null;
  const of = first.slot === null ? name : `${name}.${first.slot}`;
  const runs = first.isHealthy ? 'still runs healthy' : 'still runs';
  const sentence =
    copies.length === 1
      ? `Swarm counts ${of} on ${nameHosts(copies)} as lost; its container ${runs} there, besides its replacement: two copies.`
      : `Swarm counts ${copies.length} replicas on ${nameHosts(copies)} as lost; their containers still run there, besides their replacements: two copies of each.`;
  return {
    cause: 'copy-running',
    level: 'problem',
    sentence,
    evidence: null,
    hint: `Mend the way between ${first.node.hostname} and the managers (TCP 2377), or end the old one: ${adviseRemoval(first)}`,
    sinceMs: first.sinceMs,
    because: { cause: 'node-cut-off', subject: { kind: 'node', nodeId: first.node.id } },
  };
}

/** Two tasks that Swarm wants in one place, and no update that would have made them. */
function findDoubled({ service, tasks, nodeOf, nowMs }: DisagreementFacts): ServiceFound | null {
  const state = service.update?.state;
  if (state === 'updating' || state === 'rollback_started') return null;
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const isNodeUp = task.nodeId === null || nodeOf(task.nodeId)?.status !== 'down';
    if (!isWantedTask(task) || task.desiredState === 'ready' || task.state !== 'running' || !isNodeUp)
      continue;
    if ((task.jobIteration ?? 0) !== (service.jobIteration ?? 0)) continue;
    const key = toSlotKey(service, task);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  const doubled = [...groups.values()].filter((group) => group.length > 1);
  const [first] = doubled;
  if (first === undefined) return null;
  const sinceMs = Math.max(...first.map((task) => task.stateAtMs ?? nowMs));
  if (nowMs < sinceMs + service.stopGraceMs + AGE_LIMITS.stopping.ms) return null;
  const hosts = first.map(({ nodeId }) => (nodeId === null ? null : (nodeOf(nodeId)?.hostname ?? nodeId)));
  const where = [...new Set(hosts)].filter((host) => host !== null).join(' and ');
  const slot = first[0]?.slot ?? null;
  const place = slot === null ? `on ${where}` : `as replica ${slot}, on ${where}`;
  const more = doubled.length === 1 ? '' : ` So it is in ${doubled.length - 1} more.`;
  return {
    cause: 'slot-doubled',
    level: 'problem',
    sentence: `Swarm runs ${first.length} tasks of ${service.name} ${place}, where one is wanted.${more}`,
    evidence: null,
    hint: `Have Swarm sort it out: docker service update --force ${service.name}.`,
    sinceMs,
    because: null,
  };
}

function findSigns({ service, containers, engineOf }: DisagreementFacts, sort: Leftovers): NodeSign[] {
  const serviceName = service.name;
  const signs: NodeSign[] = [];
  const add = (kind: NodeSign['kind'], leftovers: readonly Leftover[]) => {
    for (const { node, containerId, sinceMs } of leftovers)
      if (node !== null && containerId !== null)
        signs.push({ kind, nodeId: node.id, containerId, serviceName, sinceMs });
  };
  add('container-forgotten', sort.forgotten);
  add('copy-running', sort.copies);
  for (const { id, nodeId, unread, state } of containers) {
    if (unread === null || !unread.hangs || state === 'exited' || engineOf(nodeId)?.state !== 'live')
      continue;
    signs.push({ kind: 'container-unread', nodeId, containerId: id, serviceName, sinceMs: unread.sinceMs });
  }
  return signs;
}

function findOldest(leftovers: readonly Leftover[]): Leftover | null {
  return leftovers.reduce<Leftover | null>(
    (oldest, one) => (oldest === null || one.sinceMs < oldest.sinceMs ? one : oldest),
    null,
  );
}

const MAX_HOSTS = 3;

function nameHosts(leftovers: readonly Leftover[]): string {
  const hosts = [...new Set(leftovers.map(({ node }) => node?.hostname ?? 'a node that is gone'))];
  if (hosts.length > MAX_HOSTS) return `${hosts.length} nodes`;
  return hosts.length === 1 ? `${hosts[0]}` : `${hosts.slice(0, -1).join(', ')} and ${hosts.at(-1)}`;
}

function adviseRemoval({ node, containerId }: Leftover): string {
  return `On ${node?.hostname ?? 'its node'}: docker rm -f ${toShort(containerId) || 'CONTAINER'}.`;
}

function toShort(containerId: string | null): string {
  return (containerId ?? '').slice(0, 12);
}
