import type { Change, SwarmCore } from '#lib/model/contract/change.ts';
import type {
  NodePicture,
  Replica,
  ServicePicture,
  SwarmHead,
  SwarmPicture,
} from '#lib/model/contract/picture.ts';
import { toServiceHead, toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/**
 * What turns picture `a` into picture `b`, but for `revision` and `atMs`. Parts that are the same object are not looked
 * at. Two differences are none, since they come with every read and say only that all is well: the last probe of a
 * replica whose probes pass, and when an engine last answered.
 */
export function diffPicture(a: SwarmPicture, b: SwarmPicture): Change[] {
  const changes = diffSwarmHead(toSwarmHead(a), toSwarmHead(b));
  if (a.nodes !== b.nodes) diffNodes(a.nodes, b.nodes, changes);
  if (a.services !== b.services) diffServices(a.services, b.services, changes);
  return changes;
}

/** The same of the swarm as a whole. */
export function diffSwarmHead(a: SwarmHead, b: SwarmHead): Change[] {
  const changes: Change[] = [];
  const swarm = toCore(b);
  if (!hasEqualContent(toCore(a), swarm)) changes.push({ kind: 'swarm', swarm });
  if (!hasEqualContent(a.sources, b.sources)) changes.push({ kind: 'sources', sources: b.sources });
  return changes;
}

function toCore({ sources: _, ...core }: SwarmHead): SwarmCore {
  return core;
}

function diffNodes(a: NodePicture[], b: NodePicture[], changes: Change[]): void {
  const gone = indexUnshared(a, b, (node) => node.id);
  for (let i = 0; i < b.length; i++) {
    const node = b[i] as NodePicture;
    if (a[i] === node) continue;
    const before = gone.get(node.id);
    gone.delete(node.id);
    if (
      before === node ||
      (before !== undefined && hasEqualContent(withoutReadTime(before), withoutReadTime(node)))
    ) {
      continue;
    }
    changes.push({ kind: 'node', node });
  }
  for (const nodeId of gone.keys()) changes.push({ kind: 'node-gone', nodeId });
}

function diffServices(a: ServicePicture[], b: ServicePicture[], changes: Change[]): void {
  const gone = indexUnshared(a, b, (service) => service.id);
  for (let i = 0; i < b.length; i++) {
    const service = b[i] as ServicePicture;
    if (a[i] === service) continue;
    const before = gone.get(service.id) ?? null;
    gone.delete(service.id);
    if (before === service) continue;
    const head = toServiceHead(service);
    if (before === null || !hasEqualContent(toServiceHead(before), head)) {
      changes.push({ kind: 'service', service: head });
    }
    const replicas = before?.replicas ?? [];
    if (replicas !== service.replicas) diffReplicas(service.id, replicas, service.replicas, changes);
  }
  for (const serviceId of gone.keys()) changes.push({ kind: 'service-gone', serviceId });
}

function diffReplicas(serviceId: string, a: Replica[], b: Replica[], changes: Change[]): void {
  const gone = indexUnshared(a, b, (replica) => replica.key);
  for (let i = 0; i < b.length; i++) {
    const replica = b[i] as Replica;
    if (a[i] === replica) continue;
    const before = gone.get(replica.key);
    gone.delete(replica.key);
    if (before === replica || (before !== undefined && isSameToViewers(before, replica))) continue;
    changes.push({ kind: 'replica', serviceId, replica });
  }
  for (const key of gone.keys()) changes.push({ kind: 'replica-gone', serviceId, key });
}

/** The items of `a` by key, without those that `b` has in the same place: most of them, where little changed. */
function indexUnshared<T>(a: T[], b: T[], keyOf: (item: T) => string): Map<string, T> {
  const index = new Map<string, T>();
  for (let i = 0; i < a.length; i++) {
    const item = a[i] as T;
    if (b[i] !== item) index.set(keyOf(item), item);
  }
  return index;
}

function isSameToViewers(a: Replica, b: Replica): boolean {
  if (hasPassingProbe(a) && hasPassingProbe(b))
    return hasEqualContent(withoutLastProbe(a), withoutLastProbe(b));
  return hasEqualContent(a, b);
}

function hasPassingProbe({ health }: Replica): boolean {
  return health !== null && health.failingStreak === 0 && health.lastProbe?.exitCode === 0;
}

function withoutLastProbe(replica: Replica): Replica {
  return replica.health === null ? replica : { ...replica, health: { ...replica.health, lastProbe: null } };
}

function withoutReadTime(node: NodePicture): NodePicture {
  return { ...node, engine: { ...node.engine, lastReadMs: null } };
}
