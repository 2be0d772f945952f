import type { Replica } from '#lib/model/contract/picture.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/status.ts';

/** A cell of a table: how many probes failed in a row, of how many that are allowed; empty without a health check. */
export function StreakCell({
  health,
  className = '',
}: {
  health: Pick<NonNullable<Replica['health']>, 'failingStreak' | 'retries'> | null;
  className?: string;
}) {
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

const MAX_PIPS = 10;

/** A failing streak against what is allowed, as pips; beyond ten retries only its share is drawn. */
export function StreakPips({ streak, retries }: { streak: number; retries: number }) {
  const pips = Math.min(Math.max(retries, 1), MAX_PIPS);
  const lit = Math.min(pips, Math.ceil((streak / Math.max(retries, 1)) * pips));
  const tone = streak >= retries ? 's-unhealthy' : 's-failing';
  return (
    <span
      className={`streak ${tone}${pips > 5 ? ' many' : pips > 3 ? ' some' : ''}`}
      role="img"
      aria-label={words.streak(formatCount(streak), formatCount(retries))}
    >
      {Array.from({ length: pips }, (_, pip) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pips have no identity but their place.
        <i key={pip} className={pip < lit ? 'on' : undefined} />
      ))}
    </span>
  );
}
