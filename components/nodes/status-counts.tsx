import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { formatCount } from '#lib/view/format/numbers.ts';

/** How many replicas are in each status, worst first, as glyphs and words. */
export function StatusCounts({ counts }: { counts: Partial<Record<ReplicaStatus, number>> }) {
  const present = REPLICA_STATUSES.filter((status) => (counts[status] ?? 0) > 0);
  if (present.length === 0) return <span className="text-faint">none</span>;
  return (
    <span className="status-counts">
      {present.map((status) => {
        const look = STATUS_LOOKS[status];
        const text = `${formatCount(counts[status] ?? 0)} ${look.word.toLowerCase()}`;
        return <StatusWord key={status} look={look} text={text} />;
      })}
    </span>
  );
}
