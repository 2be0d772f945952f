import { StatusWord } from '#components/status/status-word.tsx';
import type { HistoryState } from '#lib/model/contract/history.ts';
import * as words from '#words/pages/history.ts';

/** Whether it is worth a warning: it cannot be kept, or not all is in it yet. */
export function isHistoryTroubled({ kind }: HistoryState): boolean {
  return kind === 'broken' || kind === 'late';
}

/** Where the history is kept: a quiet line, and a warning when it cannot be kept at all, or is late. */
export function HistoryNotice({ history }: { history: HistoryState }) {
  if (isHistoryTroubled(history)) {
    const isLate = history.kind === 'late';
    const className = isLate ? 's-starting' : 's-unhealthy';
    return (
      <p className={`history-broken ${className}`} role="alert">
        <StatusWord look={{ word: isLate ? words.late : words.notKept, className }} /> {history.sentence}
      </p>
    );
  }
  return <p className="history-notice">{history.sentence}</p>;
}
