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

/** The other pages of the same moment. */
export function PastPages({ atMs, liveHref }: { atMs: number; liveHref: string }) {
  return (
    <nav aria-label={words.pagesThen}>
      {PAGES.map(([path, label]) => (
        <a
          key={path}
          href={withAt(toPath(path), atMs)}
          aria-current={toPath(path) === liveHref.split('?')[0] ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
