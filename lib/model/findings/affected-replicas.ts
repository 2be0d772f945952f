import type { Replica } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';

type AffectedReplica = Pick<Replica, 'key' | 'slot' | 'hostname' | 'status' | 'sentence'>;

const MAX_NAMES = 3;

/**
 * One sentence for these replicas: the worst one's own, for all that share it, and how many more there are. `null` when
 * there are none.
 */
export function describeAffected(affected: readonly AffectedReplica[]): string | null {
  const worst = affected.toSorted((a, b) => rank(a) - rank(b))[0];
  if (worst === undefined) return null;
  const alike = affected.filter(
    ({ status, sentence }) => status === worst.status && sentence === worst.sentence,
  );
  const what = worst.sentence === null ? `${worst.status}.` : lowerFirst(worst.sentence);
  const others = affected.length - alike.length;
  const more =
    others === 0 ? '' : ` ${others} more ${others === 1 ? 'replica needs' : 'replicas need'} attention.`;
  return `${nameAll(alike)}: ${what}${more}`;
}

function nameAll(replicas: readonly AffectedReplica[]): string {
  const [first] = replicas;
  if (first !== undefined && replicas.length === 1) return nameReplica(first);
  if (replicas.length > MAX_NAMES) return `${replicas.length} replicas`;
  if (first?.slot === null) return `The replicas on ${join(replicas.map((one) => one.hostname ?? one.key))}`;
  return `Replicas ${join(replicas.map((one) => String(one.slot)))}`;
}

function join(names: string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function rank({ status }: AffectedReplica): number {
  return REPLICA_STATUSES.indexOf(status);
}

/** A replica in a sentence about its service: `Replica 2 on docker03`, or for global services `The replica on docker03`. */
function nameReplica({ slot, hostname, key }: Pick<Replica, 'slot' | 'hostname' | 'key'>): string {
  if (slot === null) return `The replica on ${hostname ?? key}`;
  return hostname === null ? `Replica ${slot}` : `Replica ${slot} on ${hostname}`;
}
