import { formatSpan } from './format-span.ts';

/** A configured duration, exact and short: `5 s`, `1.5 s`, `250 ms`, `1 min 30 s`. */
export function formatSetting(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(3))} s`;
  return formatSpan(ms);
}
