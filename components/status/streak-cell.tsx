import type { Replica } from '#lib/model/contract/picture.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { StreakPips } from './streak-pips.tsx';

/** A cell of a table: how many probes failed in a row, of how many that are allowed; empty without a health check. */
export function StreakCell({ health, className = '' }: { health: Replica['health']; className?: string }) {
  return (
    <td className={`replicas-streak ${className}`}>
      {health !== null && (
        <>
          <StreakPips streak={health.failingStreak} retries={health.retries} />
          <span className="text-muted">
            {formatCount(health.failingStreak)} / {formatCount(health.retries)}
          </span>
        </>
      )}
    </td>
  );
}
