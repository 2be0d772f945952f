import type { ServiceHistory } from '#lib/model/history.ts';
import { formatCount } from './format-count.ts';
import { nameCause } from './name-cause.ts';

/** Restarts by cause in one line: `4 × killed for its health, 1 × out of memory`; `null` when there were none. */
export function describeRestarts(restarts: ServiceHistory['restartsByCause']): string | null {
  if (restarts.length === 0) return null;
  return restarts
    .map(({ cause, count }) => {
      const name = nameCause(cause);
      return `${formatCount(count)} × ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    })
    .join(', ');
}
