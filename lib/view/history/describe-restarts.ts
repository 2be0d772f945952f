import type { ServiceHistory } from '#lib/model/contract/history.ts';
import { nameCause } from '#lib/model/findings/name-cause.ts';
import { formatCount } from '#lib/view/format/format-count.ts';

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
