import type { HistoryState } from '#lib/model/contract/history.ts';
import * as words from '#words/pages/history.ts';

/** The answer, or `null` when it takes longer than `limitMs` or fails: a page must not wait for what the browser can ask for. */
export async function answerWithin<T>(answer: Promise<T>, limitMs: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, limitMs, null);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** What a page says of a history that did not answer in time: not that it is well, beside a list that is empty for that. */
export function toLateHistory(state: HistoryState): HistoryState {
  return state.kind === 'broken' || state.kind === 'late'
    ? state
    : { kind: 'late', sentence: words.notAnswered };
}
