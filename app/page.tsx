import { FilterFields } from '#components/filter/filter-fields.tsx';
import { PictureSeed } from '#components/live/picture-seed.tsx';
import { Overview } from '#components/overview/overview.tsx';
import { getVitals } from '#lib/server/get-vitals.ts';
import { formatFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';
import { toStacks } from '#lib/view/overview/to-stacks.ts';
import { formatPictureSeed } from '#lib/wire/format-picture-seed.ts';

export const dynamic = 'force-dynamic';

const SHOWN_EVENTS = 40;

interface Query {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The whole swarm, or what its address asks for. */
export default async function OverviewPage({ searchParams }: Query) {
  const vitals = getVitals();
  await vitals.ready(1500);
  const picture = vitals.picture();
  const query = await searchParams;
  const filter = parseFilter({ get: (name) => [query[name]].flat()[0] ?? null });
  const fields = (
    <FilterFields
      key={formatFilter(filter)}
      filter={filter}
      stacks={toStacks(picture.services).map(({ stack }) => stack)}
      nodes={picture.nodes}
    />
  );
  return (
    <PictureSeed epoch={vitals.epoch} seed={formatPictureSeed(picture)}>
      <Overview
        filterFields={fields}
        events={vitals.history.recentEvents().slice(0, SHOWN_EVENTS)}
        incidents={vitals.incidents.overview()}
        atMs={Date.now()}
        placed={vitals.places(filter.text).serviceIds}
      />
    </PictureSeed>
  );
}
