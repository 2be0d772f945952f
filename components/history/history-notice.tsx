import { StatusWord } from '#components/status/status-word.tsx';
import type { HistoryState } from '#lib/model/contract/history.ts';
import * as words from '#words/pages/history.ts';

/** Where the history is kept: a quiet line, and a warning when it cannot be kept at all. */
export function HistoryNotice({ history }: { history: HistoryState }) {
  if (history.kind === 'broken') {
    return (
      <p className="history-broken s-unhealthy" role="alert">
        <StatusWord look={{ word: words.notKept, className: 's-unhealthy' }} /> {history.sentence}
      </p>
    );
  }
  return <p className="history-notice">{history.sentence}</p>;
}
