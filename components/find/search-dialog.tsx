'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { PAGES } from '#components/ui/pages.ts';
import { useFleetHits } from '#lib/client/hooks/use-fleet-hits.ts';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { useNewestIncidents } from '#lib/client/hooks/use-newest-incidents.ts';
import { usePlaces } from '#lib/client/hooks/use-places.ts';
import { useSearchIndex } from '#lib/client/hooks/use-search-index.ts';
import { basePath, readSwarmName, toOwnPath } from '#lib/view/links/to-path.ts';
import { countResults } from '#words/counts.ts';
import * as words from '#words/pages/search.ts';
import { SearchBox } from './search-box.tsx';
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
  const picture = usePicture();
  const indexed = useSearchIndex();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const firstPicture = asked.trim() === '' ? picture : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the index is the same object while it grows.
  const named = useMemo(
    () => toSearchGroups(asked, firstPicture, indexed?.index ?? null, PAGES),
    [asked, firstPicture, indexed?.index, indexed?.round],
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
  const count = groups.reduce((sum, { hits }) => sum + hits.length, 0);
  // Also what was typed while this was drawn.
  const onShown = useCallback(() => setQuery(initial.current), [initial]);
  const onOpen = (href: string) => {
    // Another swarm's pages are another document.
    if (toOwnPath(href) === href && basePath() !== '') location.assign(href);
    else router.push(href);
  };
  const late = words.unanswered(elsewhere?.unanswered ?? []);
  const result = asked.trim() === '' ? '' : `${countResults(count)}${late && '.'}`;
  const found = [count === 0 ? words.noHits : result, late].join(' ').trim();
  return (
    <SearchBox
      label={words.label}
      placeholder={words.placeholder}
      query={query}
      onQuery={setQuery}
      groups={groups}
      status={picture === null ? words.swarmNotRead : found}
      onOpen={onOpen}
      onShown={onShown}
      onClose={onClose}
      onKeys={onKeys}
    />
  );
}
