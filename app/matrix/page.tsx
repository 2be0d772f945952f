import type { Metadata } from 'next';
import { FilterFields } from '#components/filter/filter-fields.tsx';
import { PictureSeed } from '#components/live/picture-seed.tsx';
import { MatrixView } from '#components/matrix/matrix-view.tsx';
import '#components/matrix/matrix.css';
import { type FilteredQuery, readFiltered } from '#lib/server/answers/read-filtered.ts';
import * as words from '#words/pages/matrix.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

/** Services by nodes. */
export default async function MatrixPage(query: FilteredQuery) {
  const { seed, key, fields, placed } = await readFiltered(query);
  return (
    <PictureSeed {...seed}>
      <MatrixView filterFields={<FilterFields key={key} {...fields} />} placed={placed} />
    </PictureSeed>
  );
}
