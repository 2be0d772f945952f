'use client';
import { useState } from 'react';
import { SearchBox } from '#components/find/search-box.tsx';
import { toElsewhereGroups } from '#components/find/to-search-groups.ts';
import { useFleetHits } from '#lib/client/hooks/use-fleet-hits.ts';
import * as words from '#words/pages/fleet.ts';
import { noHits, unanswered } from '#words/pages/search.ts';

/** One search over all swarms. */
export function FleetSearch({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const { answer, failed } = useFleetHits(query);
  const groups = answer === null ? [] : toElsewhereGroups(answer, null);
  const count = groups.reduce((sum, { hits }) => sum + hits.length, 0);
  const late = unanswered(answer?.unanswered ?? []);
  const found = [count === 0 ? noHits : `${words.countResults(count)}${late && '.'}`, late].join(' ').trim();
  return (
    <SearchBox
      label={words.searchLabel}
      placeholder={words.searchPlaceholder}
      query={query}
      onQuery={setQuery}
      groups={groups}
      status={failed ? words.notAnswered : answer === null ? '' : found}
      // A swarm's pages are another document.
      onOpen={(href) => location.assign(href)}
      onClose={onClose}
    />
  );
}
