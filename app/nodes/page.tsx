import type { Metadata } from 'next';
import { NoMoment, PastNodes } from '#components/moment/past-views.tsx';
import { NodesView } from '#components/nodes/nodes-view.tsx';
import { deriveNodesPage } from '#lib/model/derive/derive-node-situation.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { type PastQuery, readAt } from '#lib/server/past/read-at.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/nodes.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.nodes };

/** All nodes. */
export default async function NodesListPage({ searchParams }: PastQuery) {
  const vitals = await getVitals();
  await vitals.ready(1500);
  const at = await readAt(vitals, await searchParams);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={toPath('/nodes')} />;
    return <PastNodes atMs={asked.atMs} past={await vitals.moment.read(asked.atMs, null)} />;
  }
  return <NodesView initial={deriveNodesPage(vitals.picture())} />;
}
