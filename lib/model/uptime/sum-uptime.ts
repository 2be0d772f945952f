import type { StatusSpan, Uptime } from '#lib/model/contract/history.ts';
import { isUp, STATUS_FACTS } from '#lib/model/status/severity.ts';

/**
 * How much of a window a replica was up, of the time that is known. Gaps between spans, and spans in which its engine
 * could not be read, count for nothing.
 *
 * @param spans in any order, without overlaps
 */
export function sumUptime(spans: readonly StatusSpan[], fromMs: number, untilMs: number): Uptime {
  let knownMs = 0;
  let upMs = 0;
  for (const span of spans) {
    if (!STATUS_FACTS[span.status].counted) continue;
    const lastedMs = Math.min(span.untilMs ?? untilMs, untilMs) - Math.max(span.fromMs, fromMs);
    if (lastedMs <= 0) continue;
    knownMs += lastedMs;
    if (isUp(span.status)) upMs += lastedMs;
  }
  return { percent: knownMs === 0 ? null : (100 * upMs) / knownMs, knownMs, windowMs: untilMs - fromMs };
}
