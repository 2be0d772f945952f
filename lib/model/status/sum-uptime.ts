import type { StatusSpan, Uptime } from '#lib/model/contract/history.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';

const UP: ReadonlySet<ReplicaStatus> = new Set(['healthy', 'failing', 'running']);
/** Neither up nor down: nobody knows, or nobody wants it up. */
const UNCOUNTED: ReadonlySet<ReplicaStatus> = new Set(['unknown', 'paused', 'stopping', 'complete']);

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
    if (UNCOUNTED.has(span.status)) continue;
    const lastedMs = Math.min(span.untilMs ?? untilMs, untilMs) - Math.max(span.fromMs, fromMs);
    if (lastedMs <= 0) continue;
    knownMs += lastedMs;
    if (UP.has(span.status)) upMs += lastedMs;
  }
  return { percent: knownMs === 0 ? null : (100 * upMs) / knownMs, knownMs, windowMs: untilMs - fromMs };
}
