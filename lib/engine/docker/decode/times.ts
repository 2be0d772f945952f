import { readNumber } from './raw.ts';

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

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** A `Date` header as epoch ms; `null` for what is none. */
export function toDateMs(value: unknown): number | null {
  if (typeof value !== 'string' || !HTTP_DATE.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

/** Go's longest, 292 years. */
const MAX_NANOS = 2 ** 63;

/** A Go duration (a whole number of nanoseconds) as ms; `null` when missing, negative or not a number. 0 stays 0. */
export function toDurationMs(value: unknown): number | null {
  const nanos = readNumber(value);
  return nanos === null || nanos < 0 || nanos > MAX_NANOS ? null : nanos / 1e6;
}

/** Below this, a difference between clocks is not worth correcting. */
const NOTICEABLE_MS = 1000;

/**
 * The engine's clock minus ours, from `/info` SystemTime, taken to be read half way between question and answer.
 * 0 when the difference is within a second or within what the round trip explains.
 */
export function toSkewMs(systemTime: unknown, askedAtMs: number, answeredAtMs: number): number {
  const engineAtMs = toTimeMs(systemTime);
  if (engineAtMs === null) return 0;
  const roundTripMs = Math.max(0, answeredAtMs - askedAtMs);
  const skewMs = Math.round(engineAtMs - (askedAtMs + roundTripMs / 2));
  return Math.abs(skewMs) <= Math.max(NOTICEABLE_MS, roundTripMs) ? 0 : skewMs;
}
