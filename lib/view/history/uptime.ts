import type { ServiceHistory, Uptime } from '#lib/model/contract/history.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { nameCause } from '#words/causes.ts';
import * as words from '#words/pages/history.ts';

const WHOLE = 0.99;

/** An uptime in words: how much, and of what, where not all of the window is known. */
export function describeUptime({ percent, knownMs, windowMs }: Uptime): {
  value: string;
  note: string | null;
} {
  if (percent === null || knownMs <= 0) return { value: words.uptimeUnknown, note: null };
  const isWhole = knownMs >= windowMs * WHOLE;
  return { value: formatPercent(percent), note: isWhole ? null : words.ofKnown(formatSpan(knownMs)) };
}

/** A share as `99.98 %`; never rounded up, so that 100 % means all of it and 0 % nothing. `percent` is 0 to 100. */
export function formatPercent(percent: number): string {
  if (percent >= 100) return '100 %';
  if (percent > 0 && percent < 0.01) return 'under 0.01 %';
  const digits = percent >= 99 || percent < 1 ? 2 : 1;
  const scale = 10 ** digits;
  return `${Math.floor(Math.max(0, percent) * scale + 1e-9) / scale} %`;
}

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
