'use client';
import { useRouter } from 'next/navigation';
import {
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { usePages } from '#components/ui/seen.tsx';
import { useFleetHits } from '#lib/client/hooks/use-fleet-hits.ts';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { useNewestIncidents } from '#lib/client/hooks/use-newest-incidents.ts';
import { usePlaces } from '#lib/client/hooks/use-places.ts';
import { useSearchIndex } from '#lib/client/hooks/use-search-index.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { basePath, readSwarmName, toOwnPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/search.ts';
import { SearchResults } from './search-results.tsx';
import {
  joinGroups,
  toElsewhereGroups,
  toIncidentGroups,
  toPlaceGroups,
  toSearchGroups,
} from './to-search-groups.ts';

interface SearchDialogProps {
  /** Typed before this was there. */
  initial: { current: string };
  onClose: () => void;
  /** Asks for the list of keys instead. */
  onKeys: () => void;
}

/** One search for all that has a name or an id, and for ports, addresses, networks and incidents; it can be used without a mouse. */
export function SearchDialog({ initial, onClose, onKeys }: SearchDialogProps) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const picture = usePicture();
  const indexed = useSearchIndex();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(query);
  const pages = usePages();
  const firstPicture = asked.trim() === '' ? picture : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the index is the same object while it grows.
  const named = useMemo(
    () => toSearchGroups(asked, firstPicture, indexed?.index ?? null, pages),
    [asked, firstPicture, indexed?.index, indexed?.round, pages],
  );
  const places = usePlaces(asked);
  const incidents = useNewestIncidents();
  const { answer: elsewhere } = useFleetHits(asked);
  const groups = useMemo(
    () => [
      ...(places === null || picture === null ? named : joinGroups(named, toPlaceGroups(places, picture))),
      ...toIncidentGroups(asked, incidents),
      ...(elsewhere === null ? [] : toElsewhereGroups(elsewhere, readSwarmName())),
    ],
    [places, picture, named, asked, incidents, elsewhere],
  );
  const hits = groups.flatMap((group) => group.hits);
  const at = Math.min(active, hits.length - 1);

  useLayoutEffect(() => {
    if (dialog.current === null || dialog.current.open) return;
    dialog.current.showModal();
    // Also what was typed while this was drawn.
    setQuery(initial.current);
  }, [initial]);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const open = (href: string | undefined) => {
    if (href === undefined) return;
    dialog.current?.close();
    // Another swarm's pages are another document.
    if (toOwnPath(href) === href && basePath() !== '') location.assign(href);
    else router.push(href);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setActive((at + step + hits.length) % hits.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(hits[at]?.href);
    }
  };

  const status =
    picture === null
      ? words.swarmNotRead
      : hits.length === 0
        ? words.noHits
        : asked.trim() === ''
          ? ''
          : plural(hits.length, 'result');
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
            aria-label={words.label}
            aria-expanded={hits.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={words.placeholder}
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
        <SearchFoot status={status} onKeys={onKeys} />
      </div>
    </dialog>
  );
}

function SearchFoot({ status, onKeys }: { status: string; onKeys: () => void }) {
  return (
    <p className="search-foot">
      <span role="status">{status}</span>
      <button type="button" className="text-accent ml-auto cursor-pointer" onClick={onKeys}>
        {words.sheetTitle}
      </button>
      <span aria-hidden="true" className="max-sm:hidden">
        <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Esc</kbd> close
      </span>
    </p>
  );
}
