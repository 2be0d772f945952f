import { FilterFields } from '#components/filter/filter-fields.tsx';
import { isHistoryTroubled } from '#components/history/history-notice.tsx';
import { PictureSeed } from '#components/live/picture-seed.tsx';
import { NoMoment, PastOverview } from '#components/moment/past-views.tsx';
import { Overview } from '#components/overview/overview.tsx';
import { type FilteredQuery, readFilter, readFiltered } from '#lib/server/answers/read-filtered.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { formatFilter } from '#lib/view/overview/overview-filter.ts';

export const dynamic = 'force-dynamic';

const SHOWN_EVENTS = 40;

/** The whole swarm, or what its address asks for. */
export default async function OverviewPage(query: FilteredQuery) {
  const at = await readAt(await getVitals(), await query.searchParams);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return (
        <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={formatFilter(await readFilter(query))} />
      );
    const past = await (await getVitals()).moment.read(asked.atMs, null);
    return <PastOverview atMs={asked.atMs} past={past} filter={await readFilter(query)} />;
  }
  const { vitals, seed, key, fields, placed } = await readFiltered(query);
  const history = vitals.history.state();
  return (
    <PictureSeed {...seed}>
      <Overview
        filterFields={<FilterFields key={key} {...fields} />}
        events={vitals.history.recentEvents().slice(0, SHOWN_EVENTS)}
        noEvents={isHistoryTroubled(history) ? history.sentence : null}
        incidents={await vitals.incidents.shown()}
        atMs={Date.now()}
        placed={placed}
      />
    </PictureSeed>
  );
}
