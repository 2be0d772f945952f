import type { MomentReplica } from '#lib/model/contract/moment.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';

/** The worst first. */
const RANKED = Object.keys(STATUS_FACTS) as ReplicaStatus[];

/** The replicas of one service, or on one node, at a moment. */
export interface MomentGroup {
  name: string;
  stack: string | null;
  /** The worst first, else in their order. */
  replicas: MomentReplica[];
  /** Those of them that have a sentence to say, the worst first. */
  said: MomentReplica[];
  /** By status, the worst first. */
  counts: { status: ReplicaStatus; count: number }[];
}

function rank(status: ReplicaStatus): number {
  return RANKED.indexOf(status);
}

/** Counts by status, the worst first. */
export function countStatuses(replicas: readonly MomentReplica[]): MomentGroup['counts'] {
  const counts = new Map<ReplicaStatus, number>();
  for (const { status } of replicas) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .map(([status, count]) => ({ status, count }))
    .sort((a, b) => rank(a.status) - rank(b.status));
}

/** Puts them together by what `nameOf` says, those with the worst replica first, else by name. */
export function groupMoment(
  replicas: readonly MomentReplica[],
  nameOf: (replica: MomentReplica) => string,
): MomentGroup[] {
  const groups = Map.groupBy(replicas, nameOf);
  return [...groups]
    .map(([name, own]) => {
      const sorted = own.toSorted((a, b) => rank(a.status) - rank(b.status));
      const group: MomentGroup = {
        name,
        stack: own[0]?.stack ?? null,
        replicas: sorted,
        said: sorted.filter(
          ({ status, sentence }) => sentence !== null && STATUS_FACTS[status].severity !== 'ok',
        ),
        counts: countStatuses(own),
      };
      return { group, worst: Math.min(...own.map(({ status }) => rank(status))) };
    })
    .sort((a, b) => a.worst - b.worst || (a.group.name < b.group.name ? -1 : 1))
    .map(({ group }) => group);
}
