import { Age } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { chooseWholePart } from '#lib/view/format/whole-parts.ts';
import type { Matrix } from '#lib/view/matrix/create-matrix-model.ts';
import { toRowCells } from '#lib/view/matrix/matrix-rows.ts';
import type { Spot } from '#lib/view/matrix/move-spot.ts';
import { describeNode } from '#lib/view/node/nodes.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import * as words from '#words/pages/matrix.ts';
import { COLUMN_LOOKS, toCellCount, toPlaceName, toRowName } from './matrix-looks.ts';

/** One line that says what is behind the cell under the pointer or the focus. It keeps its room. */
export function MatrixReadout({ matrix, spot }: { matrix: Matrix; spot: Spot }) {
  return (
    <div className="matrix-readout" aria-hidden="true">
      <Words matrix={matrix} spot={spot} />
    </div>
  );
}

/** Two lines have room for it: of a longer one a whole part is said. */
const MAX_CHARS = 140;
const toWords = (sentence: string) => chooseWholePart(sentence, MAX_CHARS);

function Words({ matrix: { rows, columns }, spot }: { matrix: Matrix; spot: Spot }) {
  const row = rows[spot.row];
  const column = columns.list[spot.column];
  if (row === undefined && column?.kind === 'node')
    return (
      <>
        <b>{column.node.hostname}</b>
        <StatusWord look={COLUMN_LOOKS[column.state]} />
        <span className="matrix-words">{toWords(describeNode(column.node))}</span>
      </>
    );
  if (row !== undefined && column === undefined) {
    const [service] = row.services;
    return (
      <>
        <b>{toRowName(row)}</b>
        <span className="matrix-words">
          {row.kind === 'service' && service !== undefined
            ? toWords(service.sentence)
            : words.needAttention(row.bad, row.size)}
        </span>
      </>
    );
  }
  const cell =
    row === undefined || column === undefined ? undefined : toRowCells(row, columns).get(spot.column);
  if (row === undefined || column === undefined || cell === undefined)
    return <span className="matrix-words text-faint">{words.keysHint}</span>;
  const { replica, status } = cell;
  const evidence = replica.evidence?.text.split('\n', 1)[0] ?? null;
  return (
    <>
      <b>{words.onPlace(toRowName(row), toPlaceName(column))}</b>
      <StatusWord
        look={STATUS_LOOKS[status]}
        text={`${toCellCount(cell)} ${STATUS_LOOKS[status].word.toLowerCase()}`}
      />
      <span className="text-muted">
        <Age atMs={replica.sinceMs} form="span" />
      </span>
      <span className="matrix-words">{toWords(replica.sentence ?? toReplicaName(replica))}</span>
      {evidence !== null && <code className="truncate">{evidence}</code>}
    </>
  );
}
