import { decideFirstFrame } from '#lib/view/history/first-frame.ts';
import {
  parseTimeFrame,
  type TimeFrame,
  type TimeWindow,
  toTimeWindow,
} from '#lib/view/history/time-frame.ts';
import { answerWithin } from './answer-within.ts';

const WITHIN_MS = 400;

export interface FrameQuestion<T> {
  query: Record<string, string | string[] | undefined>;
  /** What the page shows where enough is known. */
  usualMs: number;
  ask(window: TimeWindow): Promise<T | null>;
  /** Since when an answer knows something. */
  findKnown(answer: T): number | null;
  nowMs: number;
}

/**
 * The history that a page is drawn with: of the stretch that its address asks for, else of what is known.
 *
 * @returns `home` is what the page shows when its address does not say
 */
export async function askInFrame<T>(
  question: FrameQuestion<T>,
): Promise<{ history: T | null; home: TimeFrame }> {
  const { query, usualMs, ask, findKnown, nowMs } = question;
  const usual: TimeFrame = { kind: 'newest', lengthMs: usualMs };
  const frame = parseTimeFrame((name) => [query[name] ?? []].flat()[0] ?? null, usual, nowMs);
  const history = await answerWithin(ask(toTimeWindow(frame, nowMs)), WITHIN_MS);
  if (history === null || frame !== usual) return { history, home: usual };
  const home = decideFirstFrame(findKnown(history), usualMs, nowMs);
  if (home.kind === 'newest' && home.lengthMs === usualMs) return { history, home };
  return { history: await answerWithin(ask(toTimeWindow(home, nowMs)), WITHIN_MS), home };
}
