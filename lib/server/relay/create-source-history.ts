import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Questions } from '#lib/relay/create-questions.ts';
import type { RelayedPicture } from '#lib/relay/create-relayed-picture.ts';
import { toLossSentence } from './to-loss-sentence.ts';

/** How often the source is asked how its history is. */
const HISTORY_EVERY_MS = 10_000;

/** How the history of the source is, and what happened there lately. */
export interface SourceHistory {
  /** As the source said last, or why it cannot be asked. */
  state(): HistoryState;
  /** Asks it now. Never rejects. */
  read(): Promise<void>;
  close(): void;
}

/** Asks the source now and then, and whenever its own sources are others: of a relay that is read, with them its history. */
export function createSourceHistory(
  questions: Pick<Questions, 'ask'>,
  relayed: Pick<RelayedPicture, 'source' | 'addEvents' | 'subscribe'>,
  nowMs: () => number,
): SourceHistory {
  let kept: HistoryState = { kind: 'broken', sentence: toLossSentence({ kind: 'connecting' }) };

  async function read(): Promise<void> {
    try {
      const [state, events] = await Promise.all([
        questions.ask('history-state'),
        questions.ask('recent-events'),
      ]);
      kept = state;
      relayed.addEvents({ kind: 'events', atMs: nowMs(), before: null, events });
    } catch {
      // Whether it can be asked is seen at its stream.
    }
  }

  relayed.subscribe({
    onUpdate({ changes }) {
      if (changes.some(({ kind }) => kind === 'sources')) void read();
    },
  });
  const timer = setInterval(read, HISTORY_EVERY_MS).unref();

  return {
    state() {
      const { problem } = relayed.source();
      return problem === null ? kept : { kind: 'broken', sentence: toLossSentence(problem) };
    },
    read,
    close: () => clearInterval(timer),
  };
}
