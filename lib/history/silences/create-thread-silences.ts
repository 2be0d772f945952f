import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import { type SilenceStore, StoreAway } from './silence-store.ts';

/** Silences in the history's own file, or in memory where there is none: its thread keeps them. */
export function createThreadSilences(
  ask: <K extends QuestionKind>(question: Ask<K>) => Promise<Answer<K> | null>,
  /** Why it cannot be asked now. */
  sayWhy: () => string,
): SilenceStore {
  async function orAway<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K>> {
    const answer = await ask(question);
    if (answer === null) throw new StoreAway(sayWhy());
    return answer;
  }
  return {
    list: (nowMs) => orAway({ kind: 'silences', nowMs }),
    put: (silence, nowMs) => orAway({ kind: 'put-silence', silence, nowMs }),
    end: (silence, nowMs) => orAway({ kind: 'end-silence', silence, nowMs }),
    stamp: async () => null,
  };
}
