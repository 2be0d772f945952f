'use client';
import { toPath } from '#lib/view/links/to-path.ts';
import { withAt } from '#lib/view/moment/parse-at.ts';
import * as words from '#words/pages/moment.ts';

/** Pages that show any moment; what they are called is said by the header, too. */
const PAGES = [
  ['/', words.services],
  ['/incidents', words.incidents],
  ['/matrix', words.matrix],
  ['/nodes', words.nodes],
  ['/events', words.events],
] as const;

/** Those that understand the same filter. */
const FILTERED: readonly string[] = ['/', '/matrix'];

/** The other pages of the same moment, with what is filtered here where they filter alike. */
export function PastPages({ atMs, liveHref }: { atMs: number; liveHref: string }) {
  const [here, query] = liveHref.split('?');
  const isFiltered = query !== undefined && FILTERED.some((path) => toPath(path) === here);
  const toHref = (path: string) => toPath(isFiltered && FILTERED.includes(path) ? `${path}?${query}` : path);
  return (
    <nav aria-label={words.pagesThen}>
      {PAGES.map(([path, label]) => (
        <a
          key={path}
          href={withAt(toHref(path), atMs)}
          aria-current={toPath(path) === here ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
