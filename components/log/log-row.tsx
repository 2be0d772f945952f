import { memo, useState } from 'react';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import type { LogEntry } from '#lib/client/log/log-entry.ts';
import { formatClock } from '#lib/view/format/times.ts';
import * as words from '#words/pages/log.ts';
import { stderr } from '#words/pages/pieces.ts';
import { LogText } from './log-text.tsx';

/** Characters drawn of one line until more are asked for. */
const SHOWN_CHARS = 4_000;

export interface RowLooks {
  query: string;
  /** What each replica is called in this log; `null`: there is only one. */
  names: ReadonlyMap<string, string> | null;
}

const toMillis = (atMs: number) => String(Math.floor(atMs) % 1000).padStart(3, '0');

function Time({ atMs }: { atMs: number }) {
  return (
    <time dateTime={new Date(Math.floor(atMs)).toISOString()}>
      {formatClock(atMs, useZone())}
      <span className="log-ms">.{toMillis(atMs)}</span>
    </time>
  );
}

/** One row: when, who, on which stream, what. */
export const LogRow = memo(function LogRow({ entry, query, names }: RowLooks & { entry: LogEntry }) {
  const [whole, setWhole] = useState(false);
  const name = names?.get(entry.key);
  const from =
    name === undefined ? null : (
      <span className="log-from" data-from={[...(names?.keys() ?? [])].indexOf(entry.key) % 6}>
        {name}
      </span>
    );
  if (entry.kind === 'note') {
    return (
      <div className="log-row log-note">
        <Time atMs={entry.atMs} />
        {from}
        <span className="log-stream" />
        <span className="log-text">{entry.text}</span>
      </div>
    );
  }
  const cut = !whole && entry.plain.length > SHOWN_CHARS;
  return (
    <div className="log-row" data-stream={entry.stream} data-entry={entry.id}>
      <Time atMs={entry.atMs} />
      {from}
      <span className="log-stream">{entry.stream === 'stderr' ? stderr : ''}</span>
      <span className="log-text">
        {cut ? (
          entry.plain.slice(0, SHOWN_CHARS)
        ) : (
          <LogText segments={entry.segments} plain={entry.plain} query={query} />
        )}
        {cut && (
          <button type="button" className="log-more" onClick={() => setWhole(true)}>
            {words.moreCharacters((entry.plain.length - SHOWN_CHARS).toLocaleString('en'))}
          </button>
        )}
        {entry.truncated && <span className="log-cut">{words.lineCut}</span>}
      </span>
    </div>
  );
});
