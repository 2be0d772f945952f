import { formatSpan } from './format-span.ts';

/** How long a probe took, precisely: `52 ms`, `3.00 s`, `12.4 s`, `1 min 5 s`. */
export function formatDuration(ms: number): string {
  const duration = Math.max(0, ms);
  if (duration < 999.5) return `${Math.round(duration)} ms`;
  if (duration < 9995) return `${(duration / 1000).toFixed(2)} s`;
  if (duration < 59_950) return `${(duration / 1000).toFixed(1)} s`;
  return formatSpan(duration);
}
