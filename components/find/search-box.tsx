import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { closeBeside } from '#components/ui/close-beside.ts';
import * as words from '#words/pages/search.ts';
import { SearchResults } from './search-results.tsx';
import type { SearchGroup } from './to-search-groups.ts';

interface SearchBoxProps {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: SearchGroup[];
  /** Said of the hits. */
  status: string;
  onOpen: (href: string) => void;
  /** It is drawn now. */
  onShown?: () => void;
  onClose: () => void;
  /** Asks for the list of keys instead; without it there is none. */
  onKeys?: () => void;
}

/** A search in a dialog; it can be used without a mouse. */
export function SearchBox(props: SearchBoxProps) {
  const { label, placeholder, query, onQuery, groups, status, onOpen, onShown, onClose, onKeys } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState(0);
  const hits = groups.flatMap((group) => group.hits);
  const at = Math.min(active, hits.length - 1);

  useLayoutEffect(() => {
    if (dialog.current === null || dialog.current.open) return;
    dialog.current.showModal();
    onShown?.();
  }, [onShown]);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const open = (href: string | undefined) => {
    if (href === undefined) return;
    dialog.current?.close();
    onOpen(href);
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
  return (
    <dialog ref={dialog} className="search" aria-label={words.search} onClose={onClose} {...closeBeside}>
      <div className="search-box">
        <div className="search-field">
          <input
            type="text"
            role="combobox"
            autoFocus
            aria-label={label}
            aria-expanded={hits.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={placeholder}
            value={query}
            onChange={(event) => {
              onQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
          />
          <button type="button" className="search-close" onClick={() => dialog.current?.close()}>
            {words.close}
          </button>
        </div>
        <SearchResults ref={list} id={id} groups={groups} at={at} onOpen={open} onActive={setActive} />
        <p className="search-foot">
          <span role="status">{status}</span>
          {onKeys !== undefined && (
            <button type="button" className="text-accent ml-auto cursor-pointer" onClick={onKeys}>
              {words.sheetTitle}
            </button>
          )}
          <span aria-hidden="true" className="max-sm:hidden">
            <kbd>↑</kbd> <kbd>↓</kbd> {words.keyChoose} <kbd>Enter</kbd> {words.keyOpen} <kbd>Esc</kbd>{' '}
            {words.keyClose}
          </span>
        </p>
      </div>
    </dialog>
  );
}
