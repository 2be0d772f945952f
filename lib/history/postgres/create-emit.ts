import type { HistoryState } from '#lib/model/contract/history.ts';

/** Says what the history is now, where that is another thing than before. */
export interface Emit {
  (kind: HistoryState['kind'], sentence: string): void;
  /** For the log, with the next state. */
  note(text: string | null): void;
}

export function createEmit(onState: (state: HistoryState, note: string | null) => void): Emit {
  let emitted = '';
  let note: string | null = null;
  const emit = (kind: HistoryState['kind'], sentence: string) => {
    if (sentence === emitted) return;
    emitted = sentence;
    onState({ kind, sentence }, note);
    note = null;
  };
  return Object.assign(emit, {
    note(text: string | null) {
      note = text;
    },
  });
}
