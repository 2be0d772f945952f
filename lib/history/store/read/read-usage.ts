import type { Answer, Window } from '#lib/history/question.ts';
import type { Writer } from '#lib/history/store/create-writer.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { UsagePoint, UsageSeries } from '#lib/model/contract/usage.ts';
import { readSegments } from './read-slots.ts';

/** More points than a page has room for. */
const MAX_POINTS = 480;
const SEGMENTS_MAX = 2_000;
/** A routine one is read every 90 s (`lib/usage/plan-usage.ts`), and later where its engine has no time. */
const GAP_MS = 300_000;

type Point = UsageSeries['points'][number];

/** What the tasks of one slot used in a window. */
export function readUsage(
  db: Database,
  usage: Writer['usage'],
  { serviceId, key, fromMs, untilMs }: Window & { serviceId: string; key: string },
): Answer<'usage'> {
  const segments = readSegments(db, { serviceId, key, fromMs, untilMs, limit: SEGMENTS_MAX });
  const points = segments.flatMap(({ n, taskId }) =>
    usage.read(n, fromMs, untilMs).map((point): Point => ({ ...point, taskId })),
  );
  points.sort((a, b) => a.atMs - b.atMs);
  const stretchMs = (untilMs - fromMs) / MAX_POINTS;
  const gapMs = Math.max(GAP_MS, 2 * stretchMs);
  return {
    series: { fromMs, untilMs, points: thinOut(points, fromMs, stretchMs), gapMs },
    seen: segments.length > 0 || hasTasks(db, serviceId, key),
  };
}

function hasTasks(db: Database, serviceId: string, key: string): boolean {
  return (
    db.prepare('SELECT 1 FROM tasks WHERE service_id = ? AND key = ? LIMIT 1').get(serviceId, key) !==
    undefined
  );
}

/** One for each stretch and task, where there are more than that. */
function thinOut(points: Point[], fromMs: number, stretchMs: number): Point[] {
  if (points.length <= MAX_POINTS) return points;
  const thinned: Point[] = [];
  let group: Point[] = [];
  let place = '';
  for (const point of points) {
    const at = `${Math.floor((point.atMs - fromMs) / stretchMs)} ${point.taskId}`;
    if (at !== place && group.length > 0) {
      thinned.push(join(group));
      group = [];
    }
    place = at;
    group.push(point);
  }
  if (group.length > 0) thinned.push(join(group));
  return thinned;
}

/** The most of what fills up, the mean of what passes. */
function join(group: readonly Point[]): Point {
  const [first, ...others] = group as [Point, ...Point[]];
  const values = (name: Exclude<keyof UsagePoint, 'atMs'>) => group.flatMap((point) => point[name] ?? []);
  const most = (numbers: number[]) => (numbers.length === 0 ? null : Math.max(...numbers));
  const mean = (numbers: number[]) =>
    numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const last = others.at(-1) ?? first;
  return {
    ...last,
    memoryBytes: most(values('memoryBytes')),
    cpuCores: mean(values('cpuCores')),
    throttled: mean(values('throttled')),
    pids: most(values('pids')),
  };
}
