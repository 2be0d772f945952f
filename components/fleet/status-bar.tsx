import { STATUS_LOOKS } from '#components/status/looks.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/fleet.ts';

const BEST_FIRST = [...REPLICA_STATUSES].reverse();

/** Replicas by their status; what is not known is hatched. */
export function StatusBar({ byStatus }: { byStatus: Readonly<Record<ReplicaStatus, number>> }) {
  const shares = BEST_FIRST.filter((status) => byStatus[status] > 0);
  const label = shares
    .map((status) => `${formatCount(byStatus[status])} ${STATUS_LOOKS[status].word.toLowerCase()}`)
    .join(', ');
  return (
    <span className="proportions fleet-bar" role="img" aria-label={label || words.none} title={label}>
      {shares.map((status) => (
        <i key={status} className={STATUS_LOOKS[status].className} style={{ flex: byStatus[status] }} />
      ))}
    </span>
  );
}
