import { readNumber } from './raw.ts';

/** Go's longest, 292 years. */
const MAX_NANOS = 2 ** 63;

/** A Go duration (a whole number of nanoseconds) as ms; `null` when missing, negative or not a number. 0 stays 0. */
export function toDurationMs(value: unknown): number | null {
  const nanos = readNumber(value);
  return nanos === null || nanos < 0 || nanos > MAX_NANOS ? null : nanos / 1e6;
}
