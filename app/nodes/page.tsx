import type { Metadata } from 'next';
import { NodesView } from '#components/nodes/nodes-view.tsx';
import { deriveNodesPage } from '#lib/model/derive/derive-node-situation.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Nodes' };

/** All nodes. */
export default async function NodesListPage() {
  const vitals = getVitals();
  await vitals.ready(1500);
  return <NodesView initial={deriveNodesPage(vitals.picture())} />;
}
