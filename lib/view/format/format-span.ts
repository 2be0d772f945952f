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
