import { PictureFallback } from '#components/live/picture-fallback.tsx';
import { Overview } from '#components/overview/overview.tsx';
import { getVitals } from '#lib/server/get-vitals.ts';
import { formatPictureSeed } from '#lib/view/format-picture-seed.ts';

export const dynamic = 'force-dynamic';

const SHOWN_EVENTS = 40;

/** The whole swarm. */
export default async function OverviewPage() {
  const vitals = getVitals();
  await vitals.ready(1500);
  return (
    <PictureFallback seed={formatPictureSeed(vitals.picture())}>
      <Overview events={vitals.history.recentEvents().slice(0, SHOWN_EVENTS)} />
    </PictureFallback>
  );
}
