import { STATUS_LOOKS } from '#components/status/looks.ts';
import type { MomentReplica } from '#lib/model/contract/moment.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toNodeHref, toServiceHref } from '#lib/view/links/to-href.ts';
import type { MomentGroup } from '#lib/view/moment/group-moment.ts';
import { withAt } from '#lib/view/moment/parse-at.ts';
import { toMomentMatrix } from '#lib/view/moment/to-moment-matrix.ts';
import { countNodes, countServices } from '#words/counts.ts';
import * as words from '#words/pages/moment.ts';

/** Services by nodes at a moment, as a plain table. */
export function PastMatrix({ replicas, atMs }: { replicas: readonly MomentReplica[]; atMs: number }) {
  const { columns, rows, moreRows, moreColumns } = toMomentMatrix(replicas);
  return (
    <>
      <div className="panel past-matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.service}</th>
              {columns.map((hostname) => (
                <th key={hostname ?? ''} scope="col">
                  {hostname === null ? (
                    words.noNode
                  ) : (
                    <a href={withAt(toNodeHref(hostname), atMs)}>{hostname}</a>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ service, cells }) => (
              <tr key={service.name} data-past={service.name}>
                <th scope="row">
                  <a href={withAt(toServiceHref(service.name), atMs)}>{service.name}</a>
                </th>
                {cells.map((counts, at) => (
                  <td key={columns[at] ?? ''}>{counts !== null && <Cell counts={counts} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moreRows + moreColumns > 0 && (
        <p className="text-muted">{words.matrixCut(countServices(moreRows), countNodes(moreColumns))}</p>
      )}
    </>
  );
}

function Cell({ counts }: { counts: MomentGroup['counts'] }) {
  const [worst] = counts;
  if (worst === undefined) return null;
  const { word, className } = STATUS_LOOKS[worst.status];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const all = counts.map(({ status, count }) => `${count} ${STATUS_LOOKS[status].word}`).join(', ');
  return (
    <span
      className={`matrix-cell ${className}`}
      data-severity={STATUS_FACTS[worst.status].severity}
      title={all}
    >
      <span className="status-glyph" role="img" aria-label={word} />
      {worst.count === total
        ? formatCount(total)
        : words.ofMany(formatCount(worst.count), formatCount(total))}
    </span>
  );
}
