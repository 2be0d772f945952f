import { memo, useMemo } from 'react';
import { STATUS_LOOKS, VERDICT_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useTurn } from '#lib/client/hooks/use-turn.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import type { MatrixColumn, MatrixColumns } from '#lib/view/matrix/decide-columns.ts';
import type { MatrixCell } from '#lib/view/matrix/matrix-cell.ts';
import { type MatrixRow, toRowCells, toStackId } from '#lib/view/matrix/matrix-rows.ts';
import { toShortName } from '#lib/view/replica/names.ts';
import * as words from '#words/pages/matrix.ts';
import { toCellCount, toCellLabel, toShortPlace } from './matrix-looks.ts';
import { toLeft } from './to-left.ts';

interface MatrixLineProps {
  row: MatrixRow;
  /** Its place among all rows, from 0. */
  at: number;
  columns: MatrixColumns;
  /** Columns that are drawn: from the first on, until before the second. */
  from: number;
  until: number;
  /** The column of the cell that the keyboard is at; -1: the row's head; `null`: it is in another row. */
  cursor: number | null;
  onStack: (stack: string, isOpen: boolean) => void;
}

/** One line of the matrix. */
export const MatrixLine = memo(function MatrixLine(props: MatrixLineProps) {
  useTurn(1 / 8);
  const { row, at, columns, from, until, cursor, onStack } = props;
  const cells = useMemo(() => toRowCells(row, columns), [row, columns]);
  const [service] = row.services;
  const own = row.kind === 'service' ? service : undefined;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus is in its cells.
    // biome-ignore lint/a11y/useSemanticElements: a table cannot draw only what is in view.
    <div
      role="row"
      aria-rowindex={at + 2}
      className={`matrix-row matrix-${row.kind}`}
      style={{ top: `calc(${at} * var(--row))` }}
      data-service={own?.name}
      data-verdict={own?.verdict}
      data-stack={row.kind === 'stack' ? (row.stack ?? '') : undefined}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus is in what it holds. */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div role="rowheader" className="matrix-name" aria-colindex={1} data-at={`${at}:-1`}>
        <RowHead row={row} isCursor={cursor === -1} onStack={onStack} />
        <span className="matrix-up">
          <b>{formatCount(row.healthy)}</b> {words.of(formatCount(row.desired))}
        </span>
      </div>
      {columns.list.slice(from, until).map((column, index) => {
        const place = from + index;
        const cell = cells.get(place);
        const isCursor = cursor === place;
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={place + 2}
            className="matrix-place"
            style={toLeft(place)}
            data-at={`${at}:${place}`}
            data-empty={cell === undefined}
            data-column={column.id}
            tabIndex={cell === undefined ? (isCursor ? 0 : -1) : undefined}
          >
            {cell !== undefined && <Cell {...{ row, column, cell, isCursor, onStack }} />}
          </div>
        );
      })}
    </div>
  );
});

interface RowHeadProps {
  row: MatrixRow;
  isCursor: boolean;
  onStack: MatrixLineProps['onStack'];
}

function RowHead({ row, isCursor, onStack }: RowHeadProps) {
  const { kind, stack, services, isOpen, verdict, bad, size } = row;
  const tabIndex = isCursor ? 0 : -1;
  const [service] = services;
  if (kind === 'service' && service !== undefined)
    return (
      <a href={toServiceHref(service.name)} tabIndex={tabIndex} className="matrix-title" title={service.name}>
        <StatusGlyph look={VERDICT_LOOKS[verdict]} />
        <span className="truncate">{toShortName(service)}</span>
      </a>
    );
  const name = stack ?? words.noStack;
  const isStack = kind === 'stack';
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      className="matrix-title"
      aria-expanded={isStack ? isOpen : false}
      onClick={() => onStack(toStackId(stack), isStack ? !isOpen : true)}
    >
      {isStack ? (
        <i className="matrix-fold" data-open={isOpen} />
      ) : (
        <StatusGlyph look={VERDICT_LOOKS[verdict]} />
      )}
      {isStack && !isOpen && <StatusGlyph look={VERDICT_LOOKS[verdict]} />}
      <span className="truncate">{isStack ? name : words.restWell(size)}</span>
      {isStack && <em>{words.notWell(bad, size)}</em>}
    </button>
  );
}

interface CellProps extends RowHeadProps {
  column: MatrixColumn;
  cell: MatrixCell;
}

/** The worst and how many. Of one service it leads to the replica, or to all of them; of several it unfolds them. */
function Cell({ row, column, cell, isCursor, onStack }: CellProps) {
  const look = STATUS_LOOKS[cell.status];
  const content = (
    <>
      <span className="matrix-where" data-where={toShortPlace(column)} aria-hidden="true" />
      <span className="status-glyph" aria-hidden="true" />
      {toCellCount(cell)}
    </>
  );
  const shared = {
    className: `matrix-cell ${look.className}`,
    tabIndex: isCursor ? 0 : -1,
    'aria-label': toCellLabel(row, column, cell),
    'data-status': cell.status,
    'data-severity': cell.severity,
  };
  const [service] = row.services;
  if (row.kind === 'service' && service !== undefined) {
    const isOne = cell.total === 1 || cell.severity !== 'ok';
    const href = isOne ? toReplicaHref(service.name, cell.replica.key) : toServiceHref(service.name);
    return (
      <a {...shared} href={href}>
        {content}
      </a>
    );
  }
  return (
    <button type="button" {...shared} onClick={() => onStack(toStackId(row.stack), true)}>
      {content}
    </button>
  );
}
