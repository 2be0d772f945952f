import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import {
  compareLosses,
  type LossKind,
  listNodeProblems,
  toLossKind,
  toReplicaSeverity,
} from '#lib/model/status/severity.ts';

/** A node that is down or whose engine cannot be read, with all that this takes along. */
export interface NodeLoss {
  nodeId: string;
  hostname: string;
  kind: LossKind;
  /** Our clock, since when as far as it shows; `null` when it does not. */
  sinceMs: number | null;
  /** The manager's word on a node that is down, or what is wrong with the way to its engine. */
  reason: string | null;
  /** What the node's own finding says, for those that are not lost altogether; else `null`. */
  finding: Pick<Finding, 'cause' | 'sentence' | 'hint'> | null;
  /** Services with replicas there that are lost, or of which nothing is known, by name. */
  services: LossOfService[];
  /** How many replicas that is. */
  replicas: number;
}

export interface LossOfService {
  id: string;
  name: string;
  /** None: it suffers as a whole, as with a port that does not answer there. */
  keys: string[];
  /** Nothing but nodes that were lost is wrong with it: reported with the node, it needs no word of its own. */
  explained: boolean;
}

type ServiceOfLoss = Pick<ServicePicture, 'id' | 'name' | 'update' | 'replicas' | 'findings'>;

/**
 * What the nodes that are down or cannot be read took along, the worst first. A drained node that is down is
 * maintenance. Empty, and quick, while all nodes are well.
 */
export function findNodeLosses(
  nodes: readonly NodePicture[],
  services: readonly ServiceOfLoss[],
): NodeLoss[] {
  const losses = new Map<string, NodeLoss>();
  for (const node of nodes) {
    const loss = findLoss(node);
    if (loss !== null) losses.set(node.id, loss);
  }
  if (losses.size === 0) return [];
  for (const service of services) {
    const taken = listLosable(service.replicas).filter((replica) => isTaken(replica, losses));
    if (taken.length === 0) {
      const { id, name } = service;
      const root = findOwnRoot(service, losses);
      root?.services.push({ id, name, keys: [], explained: isExplained(service, taken, losses) });
      continue;
    }
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
  return [...losses.values()].sort((a, b) => compareLosses(a.kind, b.kind) || b.replicas - a.replicas);
}

/** The node that explains a problem of the service itself, such as a port that does not answer there. */
function findOwnRoot({ findings }: ServiceOfLoss, losses: ReadonlyMap<string, NodeLoss>): NodeLoss | null {
  for (const { level, because } of findings) {
    if (level !== 'problem' || because?.subject.kind !== 'node') continue;
    const loss = losses.get(because.subject.nodeId);
    if (loss?.kind === 'impaired') return loss;
  }
  return null;
}

// Pictures are immutable and shared in parts: which of a service's replicas may be lost is looked for once.
const losable = new WeakMap<readonly Replica[], readonly Replica[]>();

/** Those that are lost with some node, if that is lost. */
function listLosable(replicas: readonly Replica[]): readonly Replica[] {
  const known = losable.get(replicas);
  if (known !== undefined) return known;
  const found = replicas.filter((replica) => toLostNodeId(replica) !== '');
  losable.set(replicas, found);
  return found;
}

/** With a node that is there, only what its own problem explains is taken. */
function isTaken(replica: Replica, losses: ReadonlyMap<string, NodeLoss>): boolean {
  const loss = losses.get(toLostNodeId(replica));
  if (loss === undefined || loss.kind !== 'impaired') return loss !== undefined;
  return findRootNodeId(replica) === loss.nodeId;
}

/** What a node is lost as, by its findings alone: the worst kind that one of its problems makes of it. */
function findLoss(node: NodePicture): NodeLoss | null {
  if (node.findings.length === 0) return null;
  const problems = listNodeProblems(node.findings);
  const [kind] = problems
    .map(toLossKind)
    .filter((one) => one !== null)
    .sort(compareLosses);
  if (kind === undefined) return null;
  const finding = HAS_OWN_SENTENCE[kind] ? join(problems.filter((one) => toLossKind(one) === kind)) : null;
  return {
    nodeId: node.id,
    hostname: node.hostname,
    kind,
    sinceMs: finding?.sinceMs ?? (node.engine.state === 'live' ? null : node.engine.sinceMs),
    reason: kind === 'down' || kind === 'cut-off' ? node.statusMessage : node.engine.error,
    finding,
    services: [],
    replicas: 0,
  };
}

/** Does the node's own finding report it, or else by the manager's word or the engine's error? */
const HAS_OWN_SENTENCE: Readonly<Record<LossKind, boolean>> = {
  down: false,
  'cut-off': true,
  unread: false,
  impaired: true,
  unconfigured: false,
};

/** The worst of them, and what the others say. */
function join(findings: readonly Finding[]): Finding | null {
  const [worst] = findings;
  if (worst === undefined || findings.length === 1) return worst ?? null;
  return { ...worst, sentence: findings.map(({ sentence }) => sentence).join(' ') };
}

/** The node that a replica is lost with, or that keeps us from knowing of it; empty when it has none. */
function toLostNodeId(replica: Replica): string {
  const { status, nodeId, lostWith } = replica;
  const lostNodeId = lostWith ?? (status === 'lost' || status === 'unknown' ? nodeId : null);
  return lostNodeId ?? findRootNodeId(replica) ?? '';
}

/** The node that one of its findings points to. */
function findRootNodeId({ findings }: Replica): string | null {
  for (const { because } of findings) if (because?.subject.kind === 'node') return because.subject.nodeId;
  return null;
}

type ServiceOfSwarm = Pick<ServicePicture, 'replicas' | 'findings'>;

/** A service's picture never changes: those that are as they were are not gone through again. */
const BY_SWARM = new WeakMap<ServiceOfSwarm, boolean>();

/** Nothing is wrong with it but what the swarm has that others suffer from too: reported with the swarm. */
export function isExplainedBySwarm(service: ServiceOfSwarm): boolean {
  const known = BY_SWARM.get(service);
  if (known !== undefined) return known;
  const { replicas, findings } = service;
  const isBySwarm = (replica: Replica) =>
    replica.findings.some(({ because }) => because?.subject.kind === 'swarm');
  const answer =
    replicas.some(isBySwarm) &&
    replicas.every((one) => isBySwarm(one) || toReplicaSeverity(one) === 'ok') &&
    !findings.some(({ level, because }) => level === 'problem' && because === null);
  BY_SWARM.set(service, answer);
  return answer;
}

/** Nothing is wrong with it but that no manager lists its tasks: where none can be asked, that is reported with the swarm. */
export function isUnlistedAlone({
  verdict,
  replicas,
  findings,
}: Pick<ServicePicture, 'verdict' | 'replicas' | 'findings'>): boolean {
  return (
    verdict === 'unknown' &&
    findings.some(({ cause }) => cause === 'tasks-unlisted') &&
    findings.every(({ level }) => level !== 'problem') &&
    replicas.every((one) => toReplicaSeverity(one) === 'ok')
  );
}

/** What was never set up to be read is a lack of the set-up, and reported as that for each service. */
function isExplained(
  { update, replicas, findings }: ServiceOfLoss,
  taken: readonly Replica[],
  losses: ReadonlyMap<string, NodeLoss>,
): boolean {
  if (taken.some((replica) => losses.get(toLostNodeId(replica))?.kind === 'unconfigured')) return false;
  if (update?.state === 'paused' || update?.state === 'rollback_paused') return false;
  if (findings.some(({ level, because }) => level === 'problem' && because === null)) return false;
  const own = new Set(taken);
  return replicas.every((one) => own.has(one) || toReplicaSeverity(one) === 'ok');
}
