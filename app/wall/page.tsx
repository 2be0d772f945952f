import type { Metadata } from 'next';
import { PastNothing } from '#components/moment/past-views.tsx';
import { Wall } from '#components/wall/wall.tsx';
import type { PastQuery } from '#lib/server/past/read-at.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/wall.ts';
import '#components/wall/wall.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.wall };

/** The swarm for a screen on a wall. The first HTML says nothing of health: nobody may take a page for live that is not. */
export default async function WallPage({ searchParams }: PastQuery) {
  if ((await searchParams).at !== undefined)
    return <PastNothing title={words.wall} liveHref={toPath('/wall')} />;
  return <Wall />;
}
