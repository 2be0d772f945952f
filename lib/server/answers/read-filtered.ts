import { getVitals } from '#lib/server/get-vitals.ts';
import { formatFilter, type OverviewFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';
import { toStacks } from '#lib/view/overview/to-stacks.ts';
import { formatPictureSeed } from '#lib/wire/format-picture-seed.ts';
import { unlessNotRead } from './not-read.ts';

/** What a page with the filter of services was asked for. */
export interface FilteredQuery {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What the address asks for of the services. */
export async function readFilter({ searchParams }: FilteredQuery): Promise<OverviewFilter> {
  const query = await searchParams;
  return parseFilter({ get: (name) => [query[name]].flat()[0] ?? null });
}

/** What each page with that filter begins with: the swarm, what its fields show, and who is meant by the filter's text. */
export async function readFiltered(asked: FilteredQuery) {
  const vitals = await getVitals();
  await vitals.ready(1500);
  const picture = vitals.picture();
  const filter = await readFilter(asked);
  // Where nobody can say who is meant, the page asks again.
  const places = await unlessNotRead(vitals.places(filter.text));
  const stacks = toStacks(picture.services).map(({ stack }) => stack);
  return {
    vitals,
    seed: { epoch: vitals.epoch, seed: formatPictureSeed(picture) },
    /** Other fields for another filter. */
    key: formatFilter(filter),
    fields: { filter, stacks, nodes: picture.nodes },
    placed: places === 'not-read' ? null : places.serviceIds,
  };
}
