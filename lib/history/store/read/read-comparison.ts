import type { Answer, Window } from '#lib/history/question.ts';
import type { Writer } from '#lib/history/store/create-writer.ts';
import type { Database } from '#lib/history/store/database.ts';
import { toMedian } from '#lib/model/text/to-median.ts';
import { readSegments, type SegmentRow } from './read-slots.ts';

/** As many values as a chart has room for. */
const STRETCHES = 120;
const SEGMENTS_MAX = 2_000;
const SLOTS_MAX = 60;
/** Reading this many probes and readings takes half a second: the slots that come after are only counted. */
const ROWS_MAX = 250_000;

/** All slots of a service in a window, in stretches of equal length. One question, however many slots there are. */
export function readComparison(
  db: Database,
  { probes, usage }: Pick<Writer, 'probes' | 'usage'>,
  { serviceId, fromMs, untilMs }: Window & { serviceId: string },
): Answer<'comparison'> {
  const stretchMs = Math.max(1, (untilMs - fromMs) / STRETCHES);
  const all = readSegments(db, { serviceId, key: null, fromMs, untilMs, limit: SEGMENTS_MAX });
  const bySlot = Map.groupBy(all, ({ key }) => key);
  const slots: Answer<'comparison'>['slots'] = [];
  let rows = 0;
  for (const [key, segments] of bySlot) {
    if (slots.length >= SLOTS_MAX || rows >= ROWS_MAX) break;
    const durations: number[][] = Array.from({ length: STRETCHES }, () => []);
    const failed = Array<number>(STRETCHES).fill(0);
    const memoryBytes = Array<number | null>(STRETCHES).fill(null);
    let memoryMaxBytes: number | null = null;
    const toPlace = (atMs: number) =>
      Math.max(0, Math.min(STRETCHES - 1, Math.floor((atMs - fromMs) / stretchMs)));
    for (const { n } of segments) {
      for (const { startMs, skewMs, durationMs, exitCode } of probes.read(n, fromMs, untilMs)) {
        const at = toPlace(startMs - skewMs);
        durations[at]?.push(durationMs);
        if (exitCode !== 0) failed[at] = (failed[at] ?? 0) + 1;
        rows += 1;
      }
      for (const point of usage.read(n, fromMs, untilMs)) {
        const at = toPlace(point.atMs);
        if (point.memoryBytes !== null) memoryBytes[at] = Math.max(memoryBytes[at] ?? 0, point.memoryBytes);
        memoryMaxBytes = point.memoryMaxBytes;
        rows += 1;
      }
    }
    const { slot, hostname } = segments.at(-1) as SegmentRow;
    slots.push({
      ...{ key, slot, hostname, failed, memoryBytes, memoryMaxBytes },
      probesMs: durations.map((values) => toMedian(values)),
      tasks: segments.map((task) => ({ fromMs: task.fromMs, untilMs: task.untilMs })),
    });
  }
  return { stretchMs, slots, left: bySlot.size - slots.length };
}
