import type { TaskSegment } from '#lib/model/contract/history.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { formatTimeFrame } from './format-time-frame.ts';
import { LEAST_WINDOW_MS, MOST_WINDOW_MS } from './time-frame.ts';

const MARGIN = 0.05;
const LAST_WORDS_MS = 15 * 60_000;

/** The address of a replica's page at the time of one or more of its tasks: the end is what one wants to see. */
export function toSegmentHref(
  serviceName: string,
  key: string,
  segments: readonly TaskSegment[],
  nowMs: number,
): string {
  const first = segments[0];
  const last = segments.at(-1);
  const href = toReplicaHref(serviceName, key);
  if (first === undefined || last === undefined || last.untilMs === null) return href;
  const lengthMs = Math.min(MOST_WINDOW_MS, Math.max(LEAST_WINDOW_MS, last.untilMs - first.fromMs));
  const shownMs = Math.min(lengthMs * (1 + 2 * MARGIN), Math.max(LAST_WORDS_MS, LEAST_WINDOW_MS));
  const untilMs = Math.min(nowMs, last.untilMs + shownMs * MARGIN);
  const query = formatTimeFrame({ kind: 'fixed', fromMs: untilMs - shownMs, untilMs });
  return `${href}?${new URLSearchParams(query)}`;
}
