import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import { type SilenceStore, StoreAway } from './silence-store.ts';

export interface ThreadSilences extends SilenceStore {
  /** Until when their ends were told; where a time is given, from now on that. `null`: never noted. @throws StoreAway */
  told(untilMs: number | null): Promise<number | null>;
}

/** Silences in the history's own file, or in memory where there is none: its thread keeps them. */
export function createThreadSilences(
  ask: <K extends QuestionKind>(question: Ask<K>) => Promise<Answer<K> | null>,
  /** Why it cannot be asked now. */
  sayWhy: () => string,
): ThreadSilences {
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
    told: async (untilMs) => (await orAway({ kind: 'told-silences', untilMs })).untilMs,
  };
}
