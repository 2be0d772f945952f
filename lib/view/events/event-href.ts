import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { formatTimeFrame } from '#lib/view/history/time-frame.ts';
import { toEventSubjectHref } from './event.ts';

const BEFORE_MS = 10 * 60_000;
const AFTER_MS = 5 * 60_000;

/** Where an event's subject is looked at: a replica at the event's time, when that is not now; `null` for one without a service. */
export function toEventHref(event: SwarmEvent, nowMs: number): string | null {
  const { replicaKey, atMs } = event;
  const href = toEventSubjectHref(event);
  if (href === null || replicaKey === null || nowMs - atMs < AFTER_MS) return href;
  const frame = { kind: 'fixed', fromMs: atMs - BEFORE_MS, untilMs: atMs + AFTER_MS } as const;
  return `${href}?${new URLSearchParams(formatTimeFrame(frame))}`;
}
