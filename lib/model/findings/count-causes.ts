import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { ServiceHistory, TaskSegment } from '#lib/model/contract/history.ts';
import { describeCause } from './describe-cause.ts';

/** Tasks that ended badly, counted by cause, most first. */
export function countCauses(badEnds: readonly TaskSegment[]): ServiceHistory['restartsByCause'] {
  const counts = new Map<Cause, number>();
  for (const { end } of badEnds) if (end?.cause) counts.set(end.cause, (counts.get(end.cause) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([cause, count]) => ({
      cause,
      count,
      sentence: `${count} ${count === 1 ? 'task' : 'tasks'} ${describeCause(cause, count)}.`,
    }));
}
