import { formatClock } from './format-clock.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** Date and time: `2026-07-05 14:21:56 UTC`, or in local time without a zone. */
export function formatMoment(ms: number, zone: 'utc' | 'local'): string {
  const date = new Date(ms);
  if (zone === 'utc') return `${date.toISOString().slice(0, 10)} ${formatClock(ms, 'utc')} UTC`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${formatClock(ms, 'local')}`;
}
