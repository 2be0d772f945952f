import type { Timeline } from '#lib/model/contract/timeline.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';
import { type Axis, type AxisKey, decideAxis, parseAxisKey } from '#lib/view/timeline/axis-window.ts';

/** A page does not wait longer for what the browser can ask for. */
const KNOWN_WITHIN_MS = 500;
const WITHIN_MS = 800;
/** By then the browser has asked for it itself, or nobody will. */
export const BROWSER_WITHIN_MS = 10_000;

/** What the axis of a page shows: `key` is what its address asks for, `timeline` is `null` where it takes too long. */
export async function readAxis(
  { timeline }: Pick<Vitals, 'timeline'>,
  query: Record<string, string | string[] | undefined>,
  frame: TimeFrame | null,
  atMs: number,
): Promise<{ axis: Axis; key: AxisKey | null; timeline: Timeline | null }> {
  const key = parseAxisKey([query.axis].flat()[0] ?? null);
  const knownFromMs = await answerWithin(timeline.knownFromMs(), KNOWN_WITHIN_MS);
  const axis = decideAxis(key, frame, knownFromMs, atMs);
  return {
    axis,
    key,
    timeline: await answerWithin(
      timeline.read(axis.window, AbortSignal.timeout(BROWSER_WITHIN_MS)),
      WITHIN_MS,
    ),
  };
}
