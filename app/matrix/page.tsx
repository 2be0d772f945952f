import type { Metadata } from 'next';
import { FilterFields } from '#components/filter/filter-fields.tsx';
import { PictureSeed } from '#components/live/picture-seed.tsx';
import { MatrixView } from '#components/matrix/matrix-view.tsx';
import '#components/matrix/matrix.css';
import { NoMoment, PastMatrixPage } from '#components/moment/past-views.tsx';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { type FilteredQuery, readFilter, readFiltered } from '#lib/server/answers/read-filtered.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { selectFoldLabels } from '#lib/view/matrix/label-choices.ts';
import { formatFilter } from '#lib/view/overview/overview-filter.ts';
import * as words from '#words/pages/matrix.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

/** Services by nodes. */
export default async function MatrixPage(query: FilteredQuery) {
  const at = await readAt(await getVitals(), await query.searchParams);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return (
        <NoMoment
          asked={asked}
          knownFromMs={knownFromMs}
          liveHref={formatFilter(await readFilter(query), '/matrix')}
        />
      );
    const past = await (await getVitals()).moment.read(asked.atMs, null);
    return <PastMatrixPage atMs={asked.atMs} past={past} filter={await readFilter(query)} />;
  }
  const { vitals, seed, key, fields, placed } = await readFiltered(query);
  const labels = await unlessNotRead(vitals.nodeLabels());
  return (
    <PictureSeed {...seed}>
      <MatrixView
        filterFields={<FilterFields key={key} {...fields} />}
        placed={placed}
        labels={labels === 'not-read' ? {} : selectFoldLabels(labels)}
      />
    </PictureSeed>
  );
}
