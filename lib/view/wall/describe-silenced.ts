import { formatUntil } from '#lib/view/format/times.ts';
import * as words from '#words/pages/silence.ts';

/** Problems that are silenced: they have no card on a wall. */
export interface SilencedCount {
  count: number;
  /** When the first of them ends; `null`: there is none. */
  untilMs: number | null;
  isAllUntilThen: boolean;
}

/** What a wall says of them: one line, never nothing: how many, and until when. */
export function describeSilenced({ count, untilMs, isAllUntilThen }: SilencedCount, nowMs: number): string[] {
  if (untilMs === null) return [];
  const until = formatUntil(untilMs, nowMs, 'local');
  return [isAllUntilThen ? words.allSilencedOnWall(count, until) : words.silencedOnWall(count, until)];
}
