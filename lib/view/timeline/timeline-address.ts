import { listKindsOfLane, type TimelineMark } from '#lib/model/contract/timeline.ts';
import { formatTimeFrame, type TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import type { AxisKey } from './axis-window.ts';
import { toBrush } from './brush.ts';

/** Where the axis stands, and what else its address says. */
export interface TimelinePlace {
  page: '/events' | '/timeline';
  /** The filter of the list, without its time and without what the axis shows: `service=web`. */
  query: string;
  axis: AxisKey | null;
}

/** The page with another stretch of time chosen; `null`: none is. */
export function toTimelineHref({ page, query, axis }: TimelinePlace, chosen: TimeWindow | null): string {
  const params = new URLSearchParams(query);
  if (axis !== null) params.set('axis', axis);
  if (chosen !== null)
    for (const [name, value] of Object.entries(formatTimeFrame({ kind: 'fixed', ...chosen })))
      params.set(name, value);
  const text = params.toString().replaceAll('%2C', ',');
  return toPath(text === '' ? page : `${page}?${text}`);
}

/** The events that a mark stands for, in the list of all of them. */
export function toMarkHref(mark: TimelineMark, axis: AxisKey | null, window: TimeWindow): string {
  const lengthMs = Math.max(1, window.untilMs - window.fromMs);
  const share = (atMs: number) => (atMs - window.fromMs) / lengthMs;
  const kinds = listKindsOfLane(mark.lane);
  const query = kinds.length === 0 ? '' : `kind=${kinds}${mark.lane === 'failures' ? '&level=bad,warn' : ''}`;
  return toTimelineHref(
    { page: '/events', query, axis },
    toBrush(share(mark.fromMs), share(mark.untilMs), window),
  );
}
