const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * A Docker time (RFC 3339, up to 9 digits of fraction, any zone: probes carry the daemon's own) as epoch ms.
 * `null` for Go's zero time (`0001-01-01T00:00:00Z`, "never"), for what is missing and for what is not a time.
 *
 * @param skewMs the clock it was taken from minus ours; taken out
 */
export function toTimeMs(value: unknown, skewMs = 0): number | null {
  // Date.parse takes other forms too, and guesses. Of the fraction, Node's keeps the milliseconds.
  if (typeof value !== 'string' || !RFC3339.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) || ms < 0 ? null : ms - skewMs;
}
