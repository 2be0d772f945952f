'use client';
import './log.css';

import {
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useKeptChoice } from '#lib/client/hooks/use-kept-choice.ts';
import type { LogState } from '#lib/client/log/create-log-store.ts';
import { describeLog } from '#lib/client/log/describe-log.ts';
import type { LogBlock } from '#lib/client/log/log-entry.ts';
import { findLogMatches, selectLogBlocks } from '#lib/client/log/log-matches.ts';
import { useLog } from '#lib/client/log/use-log.ts';
import { useLogScroll } from '#lib/client/log/use-log-scroll.ts';
import { toLogNames } from '#lib/view/terminal/log-names.ts';
import * as words from '#words/pages/log.ts';
import { LogReplicas } from './log-replicas.tsx';
import { LogRow, type RowLooks } from './log-row.tsx';
import { LogToolbar } from './log-toolbar.tsx';

export interface LogViewerProps {
  /** The API's address of this log, with the task if it is one task's. */
  url: string;
  /** Lines of each container to begin with. */
  tail: number;
  /** All replicas of a service: each line says whose it is. */
  several?: boolean;
  /** Within another page: no higher than a panel. */
  compact?: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** A container's log, or a service's: newest lines and what follows, to search and to keep. */
export function LogViewer({ url, tail, several = false, compact = false }: LogViewerProps) {
  const { log, connection } = useLog(url, tail);
  /** What was there when it was paused; `null`: following. */
  const [frozen, setFrozen] = useState<LogState | null>(null);
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<number | null>(null);
  const [onlyMatches, setOnlyMatches] = useState(false);
  const [hidden, setHidden] = useState(NONE);
  const [times, toggleTimes] = useKeptChoice('log-times');
  const [wrap, toggleWrap] = useKeptChoice('log-wrap');
  const box = useRef<HTMLElement>(null);

  const following = frozen === null;
  const shown = frozen ?? log;
  const word = query.trim();
  const selection = useMemo(() => ({ hidden, query: word, onlyMatches }), [hidden, word, onlyMatches]);
  const blocks = useMemo(() => selectLogBlocks(shown.blocks, selection), [shown.blocks, selection]);
  const matches = useMemo(() => findLogMatches(blocks, word), [blocks, word]);
  const names = useMemo(() => (several ? toLogNames(log.sources) : null), [several, log.sources]);
  const { text: summary, tone } = describeLog(connection, log);
  const news = frozen === null ? 0 : log.received - frozen.received;

  const latest = useRef(log);
  latest.current = log;
  const pause = useCallback(() => setFrozen((before) => before ?? latest.current), []);
  const follow = useCallback(() => setFrozen(null), []);
  useLogScroll(box, { following, content: blocks, onLeave: pause, onReturn: follow });

  const at = current === null ? -1 : matches.indexOf(current);
  const step = (by: 1 | -1) => {
    if (matches.length === 0) return;
    pause();
    const from = at === -1 ? (by === 1 ? -1 : matches.length) : at;
    setCurrent(matches[(from + by + matches.length) % matches.length] ?? null);
  };
  useShownEntry(box, current);

  const toggleHidden = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const emptyText =
    word !== '' && onlyMatches ? words.noMatch : connection.state === 'open' ? words.nothingWritten : ' ';

  return (
    <div
      className="log"
      data-compact={compact}
      data-times={times}
      data-wrap={wrap}
      data-log={connection.state}
    >
      <LogToolbar
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setCurrent(null);
        }}
        matchCount={matches.length}
        current={at}
        onStep={step}
        toggles={[
          { label: words.onlyMatches, on: onlyMatches, onToggle: () => setOnlyMatches(!onlyMatches) },
          { label: words.times, on: times, onToggle: toggleTimes },
          { label: words.wrap, on: wrap, onToggle: toggleWrap },
        ]}
        following={following}
        onFollow={following ? pause : follow}
        downloadHref={`${url}${url.includes('?') ? '&' : '?'}format=text`}
      />
      {names !== null && names.size > 0 && (
        <LogReplicas names={names} sources={log.sources} hidden={hidden} onToggle={toggleHidden} />
      )}
      <LogFrame box={box} following={following} news={news} onFollow={follow}>
        {blocks.length === 0 && <p className="log-empty">{emptyText}</p>}
        {blocks.map((block) => (
          <LogBlockRows key={block.id} block={block} query={word} names={names} />
        ))}
      </LogFrame>
      <p className="log-status" data-tone={tone}>
        <span role="status">{summary}</span>
      </p>
    </div>
  );
}

interface LogFrameProps {
  box: RefObject<HTMLElement | null>;
  following: boolean;
  /** Lines that came since it was paused. */
  news: number;
  onFollow: () => void;
  children: ReactNode;
}

/** Where the lines scroll, and the way back to the newest. */
function LogFrame({ box, following, news, onFollow, children }: LogFrameProps) {
  return (
    <div className="log-frame">
      <section
        ref={box}
        className="log-lines"
        aria-label={words.logLines}
        data-following={following}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
      >
        <div>{children}</div>
      </section>
      {!following && (
        <button type="button" className="log-resume" onClick={onFollow}>
          {news === 0 ? words.pausedFollow : words.newLines(news.toLocaleString('en'), news === 1)}
        </button>
      )}
    </div>
  );
}

/** Brings one entry into view, and marks it. */
function useShownEntry(box: RefObject<HTMLElement | null>, id: number | null): void {
  useEffect(() => {
    const row = id === null ? null : box.current?.querySelector(`[data-entry="${id}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.setAttribute('data-current', 'true');
    return () => row?.removeAttribute('data-current');
  }, [box, id]);
}

/** Rows that the browser need not lay out while they are out of view. */
const LogBlockRows = memo(function LogBlockRows({ block, ...looks }: RowLooks & { block: LogBlock }) {
  return (
    <div className="log-block" style={{ containIntrinsicBlockSize: `auto ${block.entries.length * 19}px` }}>
      {block.entries.map((entry) => (
        <LogRow key={entry.id} entry={entry} {...looks} />
      ))}
    </div>
  );
});
