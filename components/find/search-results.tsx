import type { Ref } from 'react';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/search.ts';
import { HitRow } from './hit-row.tsx';
import { toHitKey, type toSearchGroups } from './to-search-groups.ts';

interface SearchResultsProps {
  ref: Ref<HTMLDivElement>;
  /** Begins the ids of the list and of what is in it. */
  id: string;
  groups: ReturnType<typeof toSearchGroups>;
  /** The result that Enter opens, counted through all groups. */
  at: number;
  onOpen: (href: string) => void;
  onActive: (at: number) => void;
}

/** What was found, in groups: the list of the field's combobox. */
export function SearchResults({ ref, id, groups, at, onOpen, onActive }: SearchResultsProps) {
  let number = -1;
  return (
    <div
      ref={ref}
      id={`${id}-list`}
      role="listbox"
      aria-label={words.results}
      className="search-list"
      tabIndex={-1}
    >
      {groups.map((group, place) => (
        // biome-ignore lint/a11y/useSemanticElements: options in groups are what a listbox has.
        <div key={group.title} role="group" aria-labelledby={`${id}-group-${place}`}>
          <div id={`${id}-group-${place}`} className="search-title" role="presentation">
            {group.title}
            {group.more > 0 && <span> {words.andMore(formatCount(group.more))}</span>}
          </div>
          {group.hits.map((hit) => {
            number += 1;
            const own = number;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are handled in the field, as a combobox does.
              <div
                key={toHitKey(hit)}
                id={`${id}-${own}`}
                role="option"
                aria-selected={own === at}
                data-at={own}
                className="search-hit"
                onClick={() => onOpen(hit.href)}
                onPointerMove={() => onActive(own)}
              >
                <HitRow hit={hit} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
