'use client';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { SearchResults } from '#components/find/search-results.tsx';
import { toElsewhereGroups } from '#components/find/to-search-groups.ts';
import { useFleetHits } from '#lib/client/hooks/use-fleet-hits.ts';
import * as words from '#words/pages/fleet.ts';
import { noHits } from '#words/pages/search.ts';

/** One search over all swarms; it can be used without a mouse. */
export function FleetSearch({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const { answer, failed } = useFleetHits(query);
  const groups = answer === null ? [] : toElsewhereGroups(answer, null);
  const hits = groups.flatMap((group) => group.hits);
  const at = Math.min(active, hits.length - 1);

  useLayoutEffect(() => {
    if (dialog.current !== null && !dialog.current.open) dialog.current.showModal();
  }, []);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  // A swarm's pages are another document.
  const open = (href: string | undefined) => {
    if (href !== undefined) location.assign(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setActive((at + step + hits.length) % hits.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(hits[at]?.href);
    }
  };
  const found = hits.length === 0 ? noHits : words.countResults(hits.length);
  const status = failed ? words.notAnswered : answer === null ? '' : found;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the box closes it, as Escape does.
    <dialog
      ref={dialog}
      className="search"
      aria-label="Search"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="search-box">
        <div className="search-field">
          <input
            type="text"
            role="combobox"
            autoFocus
            aria-label={words.searchLabel}
            aria-expanded={hits.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={words.searchPlaceholder}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
          />
          <button type="button" className="search-close" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <SearchResults ref={list} id={id} groups={groups} at={at} onOpen={open} onActive={setActive} />
        <p className="search-foot">
          <span role="status">{status}</span>
          <span aria-hidden="true" className="max-sm:hidden">
            <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Esc</kbd> close
          </span>
        </p>
      </div>
    </dialog>
  );
}
