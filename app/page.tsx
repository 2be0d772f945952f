import { FilterFields } from '#components/filter/filter-fields.tsx';
import { PictureSeed } from '#components/live/picture-seed.tsx';
import { Overview } from '#components/overview/overview.tsx';
import { type FilteredQuery, readFiltered } from '#lib/server/answers/read-filtered.ts';

export const dynamic = 'force-dynamic';

const SHOWN_EVENTS = 40;

/** The whole swarm, or what its address asks for. */
export default async function OverviewPage(query: FilteredQuery) {
  const { vitals, seed, key, fields, placed } = await readFiltered(query);
  return (
    <PictureSeed {...seed}>
      <Overview
        filterFields={<FilterFields key={key} {...fields} />}
        events={vitals.history.recentEvents().slice(0, SHOWN_EVENTS)}
        incidents={vitals.incidents.overview()}
        atMs={Date.now()}
        placed={placed}
      />
    </PictureSeed>
  );
}
