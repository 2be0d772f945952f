const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * A Docker time (RFC 3339, up to 9 digits of fraction, any zone: probes carry the daemon's own) as epoch ms.
 * `null` for Go's zero time (`0001-01-01T00:00:00Z`, "never"), for what is missing and for what is not a time.
 *
 * @param skewMs the clock it was taken from minus ours; taken out
 */
export function toTimeMs(value: unknown, skewMs = 0): number | null {
  const match = typeof value === 'string' ? RFC3339.exec(value) : null;
  if (!match || Number(match[1]) < 1970) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  // Only milliseconds are standard in Date.parse.
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${zone}`);
  return Number.isNaN(ms) ? null : ms - skewMs;
}
