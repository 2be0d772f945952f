import type { NodePicture, Replica, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { isFailing, isWatched, listNodeProblems } from '#lib/model/status/severity.ts';
import { toNodeHref, toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { selectOverviewProblems } from './overview-problems.ts';

/** Something that needs attention and has a page of its own. */
export type ProblemPage =
  | { kind: 'replica'; href: string; serviceId: string; serviceName: string; replica: Replica }
  /** Nothing of it is there that could be looked at: none of its replicas has a problem, or it has none. */
  | { kind: 'service'; href: string; serviceId: string; serviceName: string }
  | { kind: 'node'; href: string; nodeId: string; hostname: string };

const LAST_RANK = REPLICA_STATUSES.indexOf('failing');
const PAUSED: Replica['status'] = 'paused';

/** In an order that does not change with the replica's status alone: worst status first, then slots. */
function toRank(replica: Replica): number | null {
  if (isWatched(replica)) return null;
  const { status } = replica;
  const rank = REPLICA_STATUSES.indexOf(replica.recovering || isFailing(replica) ? 'failing' : status);
  return rank <= LAST_RANK || status === PAUSED ? rank : null;
}

function toReplicas(replicas: readonly Replica[]): Replica[] {
  return replicas
    .map((replica) => ({ replica, rank: toRank(replica) }))
    .filter((one): one is { replica: Replica; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ replica }) => replica);
}

function toNode({ id, hostname }: Pick<NodePicture, 'id' | 'hostname'>): ProblemPage {
  // By id: hostnames are not unique.
  return { kind: 'node', href: toNodeHref(id), nodeId: id, hostname };
}

/**
 * All that needs attention and has a page, in the order of the overview, a service with its worst replicas first; then other
 * nodes with which something is wrong.
 */
export function findProblemPages({
  services,
  nodes,
  findings,
}: Pick<SwarmPicture, 'services' | 'nodes' | 'findings'>): ProblemPage[] {
  const { losses, order } = selectOverviewProblems({ services, nodes, findings });
  const byId = new Map(services.map((service) => [service.id, service]));
  const lost = new Map(losses.map(({ nodeId, hostname }) => [nodeId, hostname]));
  const problems: ProblemPage[] = [];
  for (const id of order) {
    const hostname = lost.get(id);
    if (hostname !== undefined) problems.push(toNode({ id, hostname }));
    const service = byId.get(id);
    if (service === undefined) continue;
    const base = { serviceId: service.id, serviceName: service.name };
    const replicas = toReplicas(service.replicas);
    if (replicas.length === 0) problems.push({ kind: 'service', href: toServiceHref(service.name), ...base });
    for (const replica of replicas)
      problems.push({ kind: 'replica', href: toReplicaHref(service.name, replica.key), ...base, replica });
  }
  for (const node of nodes) {
    const isProblem = listNodeProblems(node.findings).some(({ cause }) => cause !== 'engine-unconfigured');
    if (isProblem && !lost.has(node.id)) problems.push(toNode(node));
  }
  return problems;
}

/**
 * What the notifier remembers of each thing: `null` while it is a problem, else when it was first seen well again,
 * epoch ms. All of it is `null` before the first look.
 */
export type Noticed = ReadonlyMap<string, number | null> | null;

/** A problem that comes back within this time is the same one: flapping is one notification. */
const SAME_WITHIN_MS = 120_000;

/**
 * Which of the problems `now` are new since the last look. At the first look none is: whoever opens a page sees
 * what is there.
 */
export function findNewProblems(
  noticed: Noticed,
  now: readonly string[],
  nowMs: number,
): { fresh: string[]; noticed: Noticed } {
  const next = new Map<string, number | null>();
  for (const [id, wellAtMs] of noticed ?? []) {
    if (wellAtMs === null || nowMs - wellAtMs < SAME_WITHIN_MS) next.set(id, wellAtMs ?? nowMs);
  }
  const fresh = noticed === null ? [] : now.filter((id) => !next.has(id));
  for (const id of now) next.set(id, null);
  return { fresh, noticed: next };
}

/**
 * Which problem comes next (`step` 1) or before (-1), in a circle, seen from the page at `path`; from a page that is
 * none of them the first one below it (a service's page: its own first replica), else the first or the last of all.
 * `null` when there is none.
 */
export function stepProblem<T extends { href: string }>(
  problems: readonly T[],
  path: string,
  step: 1 | -1,
): { problem: T; number: number } | null {
  if (problems.length === 0) return null;
  const here = problems.findIndex(({ href }) => href === path);
  const below = here < 0 && step === 1 ? problems.findIndex(({ href }) => href.startsWith(`${path}/`)) : -1;
  const start = step === 1 ? -1 : problems.length;
  const index = below >= 0 ? below : ((here < 0 ? start : here) + step + problems.length) % problems.length;
  const problem = problems[index];
  return problem === undefined ? null : { problem, number: index + 1 };
}
