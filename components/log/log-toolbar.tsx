import { type KeyboardEvent, useId } from 'react';
import * as words from '#words/pages/log.ts';

interface LogToolbarProps {
  query: string;
  onQuery(query: string): void;
  /** Lines with the query, and which of them is shown (from 0; -1: none yet). */
  matchCount: number;
  current: number;
  onStep(by: 1 | -1): void;
  toggles: { label: string; on: boolean; disabled?: boolean; onToggle(): void }[];
  following: boolean;
  onFollow(): void;
  downloadHref: string;
}

/** Search, looks, and the way to a file. */
export function LogToolbar(props: LogToolbarProps) {
  const { query, onQuery, matchCount, current, onStep, toggles, following, onFollow, downloadHref } = props;
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? 1 : -1);
    if (event.key === 'Escape') onQuery('');
    if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
  };
  return (
    <div className="log-tools">
      <div className="log-search">
        <label className="sr-only" htmlFor={id}>
          {words.searchLabel}
        </label>
        <input
          id={id}
          type="search"
          placeholder={words.searchLabel}
          value={query}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          aria-label={words.matchBefore}
          disabled={matchCount === 0}
          onClick={() => onStep(-1)}
        >
          ↑
        </button>
        <button
          type="button"
          aria-label={words.matchAfter}
          disabled={matchCount === 0}
          onClick={() => onStep(1)}
        >
          ↓
        </button>
        <span className="log-count" role="status">
          {query !== '' &&
            (matchCount === 0 ? words.noMatches : words.matchOf(current < 0 ? '–' : current + 1, matchCount))}
        </span>
      </div>
      <div className="log-toggles">
        {toggles.map(({ label, on, disabled = false, onToggle }) => (
          <button key={label} type="button" aria-pressed={on} disabled={disabled} onClick={onToggle}>
            {label}
          </button>
        ))}
        <button type="button" className="log-follow" onClick={onFollow}>
          {following ? words.pause : words.follow}
        </button>
        <a href={downloadHref} download>
          {words.downloadLabel}
        </a>
      </div>
    </div>
  );
}
