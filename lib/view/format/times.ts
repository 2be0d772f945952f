import * as words from '#words/times.ts';

/** How long ago something was: `now`, `12 s ago`, `5 h 10 min ago`. */
export function formatAge(ageMs: number): string {
  return ageMs < 1000 ? words.now : words.ago(formatSpan(ageMs));
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** How long ago, in its largest unit alone, for tables: `12 s ago`, `3 h ago`, `6 d ago`. */
export function formatAgeShort(ageMs: number): string {
  for (const [unitMs, unit] of UNITS) {
    if (ageMs >= unitMs) return words.ago(`${Math.floor(ageMs / unitMs)} ${unit}`);
  }
  return words.now;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `14:21:56`, in UTC or in the time zone of whoever runs this. */
export function formatClock(ms: number, zone: 'utc' | 'local'): string {
  const date = new Date(ms);
  return zone === 'utc'
    ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** How long until something: `in 3 s`, `due now`, and when it is late by more than 2 s `overdue by 8 s`. */
export function formatCountdown(leftMs: number): string {
  if (leftMs > 0) return words.inSpan(formatSpan(Math.ceil(leftMs / 1000) * 1000));
  return leftMs > -3000 ? words.dueNow : words.overdueBy(formatSpan(-leftMs));
}

/** How long until the probe that decides has ended: `decides in 4 s`; nobody knows how long the last one really takes. */
export function formatDecision(leftMs: number): string {
  return leftMs > 0 ? words.decidesIn(formatSpan(Math.ceil(leftMs / 1000) * 1000)) : words.decidesAnyMoment;
}

/** How long a probe took, precisely: `52 ms`, `3.00 s`, `12.4 s`, `1 min 5 s`. */
export function formatDuration(ms: number): string {
  const duration = Math.max(0, ms);
  if (duration < 999.5) return `${Math.round(duration)} ms`;
  if (duration < 9995) return `${(duration / 1000).toFixed(2)} s`;
  if (duration < 59_950) return `${(duration / 1000).toFixed(1)} s`;
  return formatSpan(duration);
}

/** Date and time with their zone: `2026-07-05 14:21:56 UTC`, `2026-07-05 16:21:56 UTC+2`. */
export function formatMoment(ms: number, zone: 'utc' | 'local'): string {
  const date = new Date(ms);
  if (zone === 'utc') return `${date.toISOString().slice(0, 10)} ${formatClock(ms, 'utc')} UTC`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${formatClock(ms, 'local')} ${formatZone(ms, 'local')}`;
}

/** What a clock is set to at that moment: `UTC`, `UTC+2`, `UTC-3:30`. */
export function formatZone(ms: number, zone: 'utc' | 'local'): string {
  const minutes = zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** A configured duration, exact and short: `5 s`, `1.5 s`, `250 ms`, `1 min 30 s`. */
export function formatSetting(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(3))} s`;
  return formatSpan(ms);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function formatPair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms % large) / small);
  return rest === 0 ? `${whole} ${largeUnit}` : `${whole} ${largeUnit} ${rest} ${smallUnit}`;
}

/**
 * How long something has lasted, in whole seconds and up, as people say it: `12 s`, `2 min 14 s`, `5 h 10 min`, `12 d`.
 * Negative spans (clocks) are 0 s.
 */
export function formatSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < 10 * MINUTE) return formatPair(span, MINUTE, 'min', SECOND, 's');
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < DAY) return formatPair(span, HOUR, 'h', MINUTE, 'min');
  if (span < 7 * DAY) return formatPair(span, DAY, 'd', HOUR, 'h');
  return `${Math.floor(span / DAY)} d`;
}

/** Until when something lasts: `14:21`, and its day where that is more than a day away: `07-05 14:21`. */
export function formatUntil(untilMs: number, nowMs: number, zone: 'utc' | 'local'): string {
  const clock = formatClock(untilMs, zone).slice(0, 5);
  const isFar = Math.abs(untilMs - nowMs) > 86_400_000;
  return isFar ? `${formatMoment(untilMs, zone).slice(5, 10)} ${clock}` : clock;
}
