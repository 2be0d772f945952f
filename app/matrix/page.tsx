import type { Metadata } from 'next';
import { FilterFields } from '#components/filter/filter-fields.tsx';
import { PictureSeed } from '#components/live/picture-seed.tsx';
import { MatrixView } from '#components/matrix/matrix-view.tsx';
import '#components/matrix/matrix.css';
import { getVitals } from '#lib/server/get-vitals.ts';
import { formatFilter, parseFilter } from '#lib/view/overview/overview-filter.ts';
import { toStacks } from '#lib/view/overview/to-stacks.ts';
import { formatPictureSeed } from '#lib/wire/format-picture-seed.ts';
import * as words from '#words/pages/matrix.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

interface Query {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Services by nodes. */
export default async function MatrixPage({ searchParams }: Query) {
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
      <MatrixView filterFields={fields} placed={vitals.places(filter.text).serviceIds} />
    </PictureSeed>
  );
}
