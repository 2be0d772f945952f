import type { Found } from '#lib/model/contract/found.ts';
import type { NodeSign } from '#lib/model/contract/node-sign.ts';
import type { Leftovers as LeftoverFacts } from '#lib/model/contract/subject-facts.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { isEndedTask, isUpTask, isWantedTask, type Task, toSlotKey } from '#lib/model/docker/task.ts';
import { AGE_LIMITS_MS } from '#lib/model/status/age-limits.ts';
import { findStoppingOf } from '#lib/model/status/late.ts';
import { findRuntimeHang, type RuntimeFacts } from '#lib/model/status/runtime-hang.ts';
import type { Slot } from '#lib/model/status/slots.ts';
import { findNextAge, toCoarseAge } from '#lib/model/text/describe-age.ts';
import { once } from '#lib/model/text/once.ts';
import { findUngivenPorts } from './ungiven-ports.ts';

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
  /** Our clock, since when Swarm has not given it ports that its spec publishes; `null`: it has them. */
  ungivenSinceMs: number | null;
  nodeOf: (nodeId: string) => SwarmNode | null;
  engineOf: (nodeId: string) => Source | null;
  hasProbedSince: RuntimeFacts['hasProbedSince'];
  silentSince: RuntimeFacts['silentSince'];
  /** Our clock, epoch ms. */
  nowMs: number;
}

export interface Disagreement {
  findings: Found<'service'>[];
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
  const surplus = findSurplus(facts);
  const doubled = findDoubled(facts);
  const old = findOld(facts);
  const ungiven = findUngivenPorts(facts.service, facts.ungivenSinceMs, facts.nowMs);
  const findings = [
    findLingering(facts.service, sort.lingering, facts.nowMs),
    findUndrained(facts.service, sort.undrained, facts.nowMs),
    findForgotten(facts.service, sort.forgotten),
    findCopies(facts.service, sort.copies),
    surplus.found ?? doubled.found,
    old.found,
    ungiven.found,
  ].filter((found) => found !== null);
  const ages = [...sort.lingering, ...sort.undrained, ...sort.forgotten, ...sort.copies].map(({ sinceMs }) =>
    findNextAge(sinceMs, facts.nowMs),
  );
  const own = [surplus, doubled, old, ungiven].flatMap(({ recheckAtMs }) =>
    recheckAtMs === null ? [] : [recheckAtMs],
  );
  const waiting = facts.containers.flatMap((container) => {
    const atMs = findUnreadAt(container);
    return atMs !== null && atMs > facts.nowMs ? [atMs] : [];
  });
  const moments = [...sort.recheckAtMs, ...ages, ...own, ...waiting];
  return {
    findings,
    signs: findSigns(facts, sort),
    recheckAtMs: moments.length === 0 ? null : Math.min(...moments),
  };
}

interface SortedLeftovers {
  lingering: Leftover[];
  undrained: Leftover[];
  forgotten: Leftover[];
  copies: (Leftover & { isHealthy: boolean })[];
  recheckAtMs: number[];
}

function sortLeftovers(facts: DisagreementFacts): SortedLeftovers {
  const { service, tasks, slots, containers, nodeOf, engineOf, nowMs } = facts;
  const sort: SortedLeftovers = { lingering: [], undrained: [], forgotten: [], copies: [], recheckAtMs: [] };
  // Most of a service that is well is in none of these: they are made when something is looked for.
  const newest = once(() => new Set(slots.map((slot) => slot.newest.id)));
  const byId = once(() => new Map(tasks.map((task) => [task.id, task])));
  const containerOf = once(
    () => new Map(containers.map((container) => [`${container.nodeId} ${container.taskId}`, container])),
  );
  const present = new Map<string, Task>();
  const isLive = (nodeId: string) => engineOf(nodeId)?.state === 'live';
  const add = (list: Leftover[], lateAtMs: number, leftover: Leftover) => {
    if (nowMs >= lateAtMs) list.push(leftover);
    else sort.recheckAtMs.push(lateAtMs);
  };
  for (const task of tasks) {
    if (isEndedTask(task)) continue;
    present.set(task.id, task);
    const drained = toDrained(task, nodeOf);
    if (drained !== null) {
      const sinceMs = Math.min(Math.max(drained.updatedAtMs ?? nowMs, findMadeAt(task)), nowMs);
      const { containerId, slot } = task;
      add(sort.undrained, sinceMs + AGE_LIMITS_MS.drain, { node: drained, containerId, slot, sinceMs });
    }
    if (isWantedTask(task) || !isUpTask(task) || newest().has(task.id) || task.nodeId === null) continue;
    const node = nodeOf(task.nodeId);
    const container = containerOf().get(`${task.nodeId} ${task.id}`) ?? null;
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
    if (present.get(taskId ?? '')?.nodeId === nodeId) continue;
    if (!isRunning(container) || !isLive(nodeId)) continue;
    const task = byId().get(taskId ?? '');
    const endedAtMs = task !== undefined && task.nodeId === nodeId ? task.stateAtMs : null;
    const seenSinceMs = facts.seenSince(container.id);
    // By a clock that was ahead it may have started, or ended, tomorrow.
    const sinceMs = Math.min(endedAtMs ?? container.startedAtMs ?? nowMs, seenSinceMs, nowMs);
    // A list may be a little behind what its engine does.
    const seenAtMs = seenSinceMs + AGE_LIMITS_MS.unowned;
    const lateAtMs = Math.max(seenAtMs, sinceMs + service.stopGraceMs + AGE_LIMITS_MS.stopping);
    const node = nodeOf(nodeId);
    add(sort.forgotten, lateAtMs, { node, containerId: container.id, slot: task?.slot ?? null, sinceMs });
  }
  return sort;
}

/** When it was made, as far as its manager's clock was not ahead then: what it lists as changed is no earlier. */
function findMadeAt({ createdAtMs, updatedAtMs }: Task): number {
  return Math.min(createdAtMs ?? 0, updatedAtMs ?? Number.POSITIVE_INFINITY);
}

/** The drained node that a task is up on, and should be by its manager. */
function toDrained(task: Task, nodeOf: DisagreementFacts['nodeOf']): SwarmNode | null {
  if (task.nodeId === null || !isWantedTask(task) || !isUpTask(task)) return null;
  const node = nodeOf(task.nodeId);
  return node?.availability === 'drain' && node.status !== 'down' ? node : null;
}

function isRunning(container: Container | null): boolean {
  return container !== null && !isDeadContainer(container) && container.state !== 'created';
}

function findLingering(
  { name }: Service,
  lingering: readonly Leftover[],
  nowMs: number,
): Found<'service'> | null {
  const oldest = findOldest(lingering);
  if (oldest === null) return null;
  const { sinceMs } = oldest;
  const facts = { ...toFacts(name, lingering, oldest), ageMs: toCoarseAge(nowMs - sinceMs) };
  return { cause: 'task-lingering', level: 'problem', facts, evidence: null, sinceMs, because: null };
}

/** A drained node that Swarm has tasks run on all the same. */
function findUndrained(
  { name }: Service,
  undrained: readonly Leftover[],
  nowMs: number,
): Found<'service'> | null {
  const oldest = findOldest(undrained);
  if (oldest === null) return null;
  const { sinceMs } = oldest;
  const facts = { ...toFacts(name, undrained, oldest), ageMs: toCoarseAge(nowMs - sinceMs) };
  return { cause: 'drain-ignored', level: 'problem', facts, evidence: null, sinceMs, because: null };
}

function findForgotten({ name }: Service, forgotten: readonly Leftover[]): Found<'service'> | null {
  const oldest = findOldest(forgotten);
  if (oldest === null) return null;
  return {
    cause: 'container-forgotten',
    level: 'problem',
    facts: toFacts(name, forgotten, oldest),
    evidence: null,
    sinceMs: oldest.sinceMs,
    because: null,
  };
}

function findCopies({ name }: Service, copies: SortedLeftovers['copies']): Found<'service'> | null {
  const [first] = copies;
  if (first?.node == null) return null;
  return {
    cause: 'copy-running',
    level: 'problem',
    facts: { ...toFacts(name, copies, first), healthy: first.isHealthy },
    evidence: null,
    sinceMs: first.sinceMs,
    because: { cause: 'node-cut-off', subject: { kind: 'node', nodeId: first.node.id } },
  };
}

function toFacts(
  service: string,
  all: readonly Leftover[],
  { node, containerId, slot }: Leftover,
): LeftoverFacts {
  return {
    service,
    count: all.length,
    hosts: [...new Set(all.map((one) => one.node?.hostname ?? null))],
    oldest: { host: node?.hostname ?? null, container: containerId?.slice(0, 12) ?? null, slot },
  };
}

/** Those that run where Swarm wants them to. */
function findRunning({ service, tasks, nodeOf }: DisagreementFacts): Task[] {
  return tasks.filter(
    (task) =>
      task.state === 'running' &&
      isWantedTask(task) &&
      task.desiredState !== 'ready' &&
      (task.jobIteration ?? 0) === (service.jobIteration ?? 0) &&
      (task.nodeId === null || nodeOf(task.nodeId)?.status !== 'down'),
  );
}

function isBeingUpdated({ update }: Service): boolean {
  return update?.state === 'updating' || update?.state === 'rollback_started';
}

/** What is found once it has lasted, and when to look again. */
interface Timed {
  found: Found<'service'> | null;
  recheckAtMs: number | null;
}

/** More replicas than the service should have, which Swarm goes on wanting: it was scaled down, and nothing followed. */
function findSurplus(facts: DisagreementFacts): Timed {
  const { service, slots, nowMs } = facts;
  const none: Timed = { found: null, recheckAtMs: null };
  const { mode } = service;
  if (mode.kind !== 'replicated' || slots.length <= mode.replicas || isBeingUpdated(service)) return none;
  const running = findRunning(facts);
  const tasks = new Set(running.map((task) => task.slot)).size;
  if (tasks <= mode.replicas) return none;
  const sinceMs = Math.min(Math.max(service.updatedAtMs ?? 0, ...running.map(findMadeAt)) || nowMs, nowMs);
  const lateAtMs = sinceMs + AGE_LIMITS_MS.surplus;
  if (nowMs < lateAtMs) return { found: null, recheckAtMs: lateAtMs };
  const surplus = { wanted: mode.replicas, ageMs: toCoarseAge(nowMs - sinceMs) };
  return {
    found: {
      cause: 'slot-doubled',
      level: 'problem',
      facts: { service: service.name, slot: null, hosts: [], tasks, more: 0, surplus },
      evidence: null,
      sinceMs,
      because: null,
    },
    recheckAtMs: findNextAge(sinceMs, nowMs),
  };
}

const SETTLED: ReadonlySet<string> = new Set(['completed', 'rollback_completed']);

/**
 * Replicas of another image than the service's, though nothing is under way that would change them. Tasks may keep an old
 * spec where it differs in its placement alone (swarmkit orchestrator, IsTaskDirty), never one with another image.
 */
function findOld(facts: DisagreementFacts): Timed {
  const { service, nodeOf, nowMs } = facts;
  const { mode, update, specKey } = service;
  const none: Timed = { found: null, recheckAtMs: null };
  const isSettled = update === null || SETTLED.has(update.state);
  if (!isSettled || specKey === null || (mode.kind !== 'replicated' && mode.kind !== 'global')) return none;
  const isGlobal = mode.kind === 'global';
  const toNode = ({ nodeId }: Task) => (nodeId === null ? null : nodeOf(nodeId));
  const all = findRunning(facts).filter(
    (task) =>
      task.specKey !== null &&
      task.specKey !== specKey &&
      isOtherImage(task, service) &&
      // Of a global service it changes nothing there, until the node is active again (swarmkit orchestrator/global).
      !(isGlobal && toNode(task)?.availability !== 'active'),
  );
  const [first] = all;
  if (first === undefined) return none;
  const old = all.filter((task) => nameImage(task, service) === nameImage(first, service));
  const activeSinceMs = isGlobal ? all.map((task) => toNode(task)?.updatedAtMs ?? nowMs) : [];
  const changedAtMs = Math.max(service.updatedAtMs ?? update?.completedAtMs ?? nowMs, ...activeSinceMs);
  const sinceMs = Math.min(changedAtMs, nowMs);
  const lateAtMs = sinceMs + AGE_LIMITS_MS['version-old'];
  if (nowMs < lateAtMs) return { found: null, recheckAtMs: lateAtMs };
  const { slot } = first;
  const host = toNode(first)?.hostname ?? null;
  return {
    found: {
      cause: 'version-old',
      level: 'problem',
      facts: {
        service: service.name,
        count: old.length,
        place: { slot, host },
        image: nameImage(first, service),
        wanted: nameImage(service, first),
        ageMs: toCoarseAge(nowMs - sinceMs),
      },
      evidence: null,
      sinceMs,
      because: null,
    },
    recheckAtMs: findNextAge(sinceMs, nowMs),
  };
}

type ImageRef = Pick<Task, 'image' | 'imageDigest'>;

/** By its name, or by its digest: a tag may be moved to another build, and is what it is at its node where none is pinned. */
function isOtherImage(one: ImageRef, other: ImageRef): boolean {
  return one.image !== other.image || one.imageDigest !== other.imageDigest;
}

/** With the beginning of its digest where the other one has the same name. */
function nameImage({ image, imageDigest }: ImageRef, other: ImageRef): string {
  return image === other.image && imageDigest !== null ? `${image}@${imageDigest.slice(0, 19)}` : image;
}

/** Two tasks that Swarm wants in one place, and no update that would have made them: one of them at least runs. */
function findDoubled(facts: DisagreementFacts): Timed {
  const { service, tasks, nodeOf, nowMs } = facts;
  const none: Timed = { found: null, recheckAtMs: null };
  if (isBeingUpdated(service)) return none;
  const running = findRunning(facts);
  // Most of them have nothing beside what runs.
  if (running.length === tasks.length && countPlaces(service, running) === tasks.length) return none;
  const places = Map.groupBy(running, (task) => toSlotKey(service, task));
  for (const task of tasks) if (isComing(service, task)) places.get(toSlotKey(service, task))?.push(task);
  const doubled = [...places.values()].filter((group) => group.length > 1);
  const [first] = doubled;
  if (first === undefined) return none;
  const sinceMs = Math.min(Math.max(...first.map((task) => task.stateAtMs ?? nowMs)), nowMs);
  const lateAtMs = sinceMs + service.stopGraceMs + AGE_LIMITS_MS.stopping;
  if (nowMs < lateAtMs) return { found: null, recheckAtMs: lateAtMs };
  const hosts = first.flatMap(({ nodeId }) => (nodeId === null ? [] : (nodeOf(nodeId)?.hostname ?? nodeId)));
  return {
    found: {
      cause: 'slot-doubled',
      level: 'problem',
      facts: {
        service: service.name,
        slot: first[0]?.slot ?? null,
        hosts: [...new Set(hosts)],
        tasks: first.length,
        more: doubled.length - 1,
        surplus: null,
      },
      evidence: null,
      sinceMs,
      because: null,
    },
    recheckAtMs: null,
  };
}

function countPlaces(service: Service, tasks: readonly Task[]): number {
  return new Set(tasks.map((task) => toSlotKey(service, task))).size;
}

/** On its way up, and not waiting for its turn. */
function isComing(service: Service, task: Task): boolean {
  if (task.desiredState !== 'running' || isEndedTask(task) || task.state === 'running') return false;
  return (task.jobIteration ?? 0) === (service.jobIteration ?? 0);
}

/** So long an engine that is busy may hold a container that it starts (its lock is held until `start` is done, and inspect waits for it). */
const UNREAD_MS = 10_000;

/** When a container that does not answer is a sign of its runtime; `null`: it is none. */
function findUnreadAt({ unread, state }: Container): number | null {
  return unread === null || !unread.hangs || state === 'exited' ? null : unread.sinceMs + UNREAD_MS;
}

function findSigns(facts: DisagreementFacts, sort: SortedLeftovers): NodeSign[] {
  const { service, containers, engineOf } = facts;
  const serviceName = service.name;
  const signs: NodeSign[] = [];
  const add = (kind: NodeSign['kind'], leftovers: readonly Leftover[]) => {
    for (const { node, containerId, sinceMs } of leftovers)
      if (node !== null && containerId !== null)
        signs.push({ kind, nodeId: node.id, containerId, serviceName, sinceMs });
  };
  add('container-forgotten', sort.forgotten);
  add('copy-running', sort.copies);
  for (const container of containers) {
    const { id, nodeId, unread } = container;
    const hang = findRuntimeHang(container, facts);
    if (hang !== null) {
      const kind = hang.shownBy === 'probes' ? 'probe-hangs' : 'runtime-silent';
      signs.push({ kind, nodeId, containerId: id, serviceName, sinceMs: hang.sinceMs });
    }
    const unreadAtMs = findUnreadAt(container);
    if (unread === null || unreadAtMs === null || unreadAtMs > facts.nowMs) continue;
    if (engineOf(nodeId)?.state !== 'live') continue;
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
