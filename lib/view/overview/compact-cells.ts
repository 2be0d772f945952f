import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { toReplicaSeverity } from '#lib/model/status/severity.ts';

/** One replica, or several that are well. */
export interface CompactCell {
  key: string;
  status: ReplicaStatus;
  count: number;
}

const MAX_EACH = 6;
const MAX_BAD = 5;

/** Up to six replicas one cell each; of more, what is wrong has one each and what is well one together, with its number. */
export function toCompactCells(replicas: readonly Replica[]): CompactCell[] {
  const toCell = ({ key, status }: Replica): CompactCell => ({ key, status, count: 1 });
  if (replicas.length <= MAX_EACH) return replicas.map(toCell);
  const isWell = (replica: Replica) => toReplicaSeverity(replica) === 'ok';
  const bad = replicas.filter((replica) => !isWell(replica));
  const well = replicas.filter(isWell);
  const [firstWell] = well;
  const hidden = bad.slice(MAX_BAD);
  const [firstHidden] = hidden;
  return [
    ...bad.slice(0, MAX_BAD).map(toCell),
    ...(firstHidden === undefined ? [] : [{ ...toCell(firstHidden), count: hidden.length }]),
    ...(firstWell === undefined ? [] : [{ ...toCell(firstWell), count: well.length }]),
  ];
}
