import type { Uptime } from '#lib/model/contract/history.ts';
import { formatPercent } from '#lib/view/format/format-percent.ts';
import { formatSpan } from '#lib/view/format/format-span.ts';

const WHOLE = 0.99;

/** An uptime in words: how much, and of what, where not all of the window is known. */
export function describeUptime({ percent, knownMs, windowMs }: Uptime): {
  value: string;
  note: string | null;
} {
  if (percent === null || knownMs <= 0) return { value: 'not known', note: null };
  const isWhole = knownMs >= windowMs * WHOLE;
  return { value: formatPercent(percent), note: isWhole ? null : `of ${formatSpan(knownMs)} that is known` };
}
