import type { IncidentDetail, IncidentLane, IncidentService } from '#lib/model/contract/incident.ts';
import { isUp } from '#lib/model/status/severity.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';

/** More lanes are not read. */
export const LANES_SHOWN = 24;
const MIN_WINDOW_MS = 10_000;
const MARGIN = 0.08;

/** A moment that is marked on the axis. */
export interface CourseGuide {
  kind: 'first' | 'whole' | 'end';
  atMs: number;
}

/** How many services are not whole from a moment on. */
export interface CourseStep {
  atMs: number;
  count: number;
}

/** The stretch of time that the course is drawn in: from its first sign until all was whole, or now. */
export function toCourseWindow({ incident }: Pick<IncidentDetail, 'incident'>, nowMs: number): TimeWindow {
  const { startedAtMs, recoveredAtMs, endedAtMs } = incident;
  const lastMs = Math.max(recoveredAtMs ?? endedAtMs ?? nowMs, startedAtMs);
  const marginMs = Math.max(MIN_WINDOW_MS / 2, (lastMs - startedAtMs) * MARGIN);
  const untilMs = recoveredAtMs === null && endedAtMs === null ? lastMs : lastMs + marginMs;
  return { fromMs: startedAtMs - marginMs, untilMs: Math.max(Math.min(untilMs, nowMs), startedAtMs + 1_000) };
}

/** Moments within the window, in order of time. */
export function toGuides({ incident }: Pick<IncidentDetail, 'incident'>, window: TimeWindow): CourseGuide[] {
  const { startedAtMs, recoveredAtMs, endedAtMs } = incident;
  const guides: CourseGuide[] = [{ kind: 'first', atMs: startedAtMs }];
  if (recoveredAtMs !== null) guides.push({ kind: 'whole', atMs: recoveredAtMs });
  if (endedAtMs !== null && endedAtMs !== recoveredAtMs) guides.push({ kind: 'end', atMs: endedAtMs });
  return guides.filter(({ atMs }) => atMs >= window.fromMs && atMs <= window.untilMs);
}

/** How many of the services were not whole, over time; each counts from when it was touched until it was whole for good. */
export function toSteps(services: readonly Pick<IncidentService, 'fromMs' | 'untilMs'>[]): CourseStep[] {
  const changes = services
    .flatMap(({ fromMs, untilMs }) => [
      { atMs: fromMs, by: 1 },
      ...(untilMs === null ? [] : [{ atMs: untilMs, by: -1 }]),
    ])
    .sort((a, b) => a.atMs - b.atMs);
  const steps: CourseStep[] = [];
  let count = 0;
  for (const { atMs, by } of changes) {
    count += by;
    if (steps.at(-1)?.atMs === atMs) steps.pop();
    steps.push({ atMs, count });
  }
  return steps;
}

/** How long after the beginning a replica was up for good; `null`: it is not, or never was away. */
export function toBackMs({ spans }: Pick<IncidentLane, 'spans'>, startedAtMs: number): number | null {
  const last = spans.at(-1);
  if (last === undefined || !isUp(last.status)) return null;
  const awayAt = spans.findLastIndex(({ status }) => !isUp(status));
  const back = spans[awayAt + 1];
  return awayAt < 0 || back === undefined ? null : Math.max(0, back.fromMs - startedAtMs);
}
