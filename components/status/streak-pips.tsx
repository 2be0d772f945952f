import { formatCount } from '#lib/view/format/numbers.ts';
import * as en from '#lib/words/en/pages/status.ts';

const MAX_PIPS = 10;

/** A failing streak against what is allowed, as pips; beyond ten retries only its share is drawn. */
export function StreakPips({ streak, retries }: { streak: number; retries: number }) {
  const pips = Math.min(Math.max(retries, 1), MAX_PIPS);
  const lit = Math.min(pips, Math.ceil((streak / Math.max(retries, 1)) * pips));
  const tone = streak >= retries ? 's-unhealthy' : 's-failing';
  return (
    <span
      className={`streak ${tone}${pips > 5 ? ' many' : ''}`}
      role="img"
      aria-label={en.failedInARowAllowed(formatCount(streak), formatCount(retries))}
    >
      {Array.from({ length: pips }, (_, pip) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pips have no identity but their place.
        <i key={pip} className={pip < lit ? 'on' : undefined} />
      ))}
    </span>
  );
}
