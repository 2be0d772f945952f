import { toTimeMs } from './to-time-ms.ts';

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
