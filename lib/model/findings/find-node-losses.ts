import type { NodePicture, Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';

/** A node that is down or whose engine cannot be read, with all that this takes along. */
export interface NodeLoss {
  nodeId: string;
  hostname: string;
  /** `down` for the manager; or ready there, and its engine `unread` though it should be, or `unconfigured`. */
  kind: 'down' | 'unread' | 'unconfigured';
  /** Our clock, since when as far as it shows; `null` when it does not. */
  sinceMs: number | null;
  /** The manager's word on a node that is down, or what is wrong with the way to its engine. */
  reason: string | null;
  /** Services with replicas there that are lost, or of which nothing is known, by name. */
  services: LossOfService[];
  /** How many replicas that is. */
  replicas: number;
}

export interface LossOfService {
  id: string;
  name: string;
  keys: string[];
  /** Nothing but nodes that were lost is wrong with it: told with the node, it needs no word of its own. */
  explained: boolean;
}

type ServiceOfLoss = Pick<ServicePicture, 'id' | 'name' | 'update' | 'replicas'>;

/**
 * What the nodes that are down or cannot be read took along, the worst first. A drained node that is down is
 * maintenance. Empty, and quick, while all nodes are well.
 */
export function findNodeLosses(
  nodes: readonly NodePicture[],
  services: readonly ServiceOfLoss[],
): NodeLoss[] {
  const losses = new Map(
    nodes.filter((node) => toKind(node) !== null).map((node) => [node.id, toLoss(node)]),
  );
  if (losses.size === 0) return [];
  for (const service of services) {
    const taken = service.replicas.filter((replica) => losses.has(toLostNodeId(replica)));
    if (taken.length === 0) continue;
    const explained = isExplained(service, taken, losses);
    for (const replica of taken) {
      const { key } = replica;
      const loss = losses.get(toLostNodeId(replica));
      if (loss === undefined) continue;
      loss.replicas++;
      const known = loss.services.at(-1);
      if (known?.id === service.id) known.keys.push(key);
      else loss.services.push({ id: service.id, name: service.name, keys: [key], explained });
    }
  }
  return [...losses.values()].sort((a, b) => order(a) - order(b) || b.replicas - a.replicas);
}

function order({ kind }: NodeLoss): number {
  return ['down', 'unread', 'unconfigured'].indexOf(kind);
}

function toKind({ status, availability, engine }: NodePicture): NodeLoss['kind'] | null {
  if (status === 'down') return availability === 'drain' ? null : 'down';
  if (status !== 'ready' || engine.state === 'live' || engine.state === 'connecting') return null;
  return engine.state === 'unconfigured' ? 'unconfigured' : 'unread';
}

function toLoss(node: NodePicture): NodeLoss {
  const kind = toKind(node) ?? 'unread';
  return {
    nodeId: node.id,
    hostname: node.hostname,
    kind,
    sinceMs: node.engine.state === 'live' ? null : node.engine.sinceMs,
    reason: kind === 'down' ? node.statusMessage : node.engine.error,
    services: [],
    replicas: 0,
  };
}

/** The node that a replica is lost with, or that keeps us from knowing of it; empty when it has none. */
function toLostNodeId({ status, nodeId, lostWith }: Replica): string {
  return lostWith ?? (status === 'lost' || status === 'unknown' ? nodeId : null) ?? '';
}

/** What was never set up to be read is a lack of the set-up, and told as that for each service. */
function isExplained(
  { update, replicas }: ServiceOfLoss,
  taken: readonly Replica[],
  losses: ReadonlyMap<string, NodeLoss>,
): boolean {
  if (taken.some((replica) => losses.get(toLostNodeId(replica))?.kind === 'unconfigured')) return false;
  if (update?.state === 'paused' || update?.state === 'rollback_paused') return false;
  const own = new Set(taken);
  return replicas.every(
    (one) => own.has(one) || (STATUS_FACTS[one.status].severity === 'ok' && !one.recovering),
  );
}
