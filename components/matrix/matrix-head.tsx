import { memo } from 'react';
import { Age } from '#components/live/times.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import type { MatrixColumn, MatrixColumns } from '#lib/view/matrix/decide-columns.ts';
import * as words from '#words/pages/matrix.ts';
import { COLUMN_LOOKS, toColumnTint } from './matrix-looks.ts';
import { toLeft } from './to-left.ts';

interface MatrixHeadProps {
  columns: MatrixColumns;
  from: number;
  until: number;
  /** The column that the keyboard is at, of the head; -1: the corner; `null`: it is in a row. */
  cursor: number | null;
  onGroup: (id: string) => void;
}

/** The line of nodes: it stays when the rows are scrolled. */
export const MatrixHead = memo(function MatrixHead({
  columns,
  from,
  until,
  cursor,
  onGroup,
}: MatrixHeadProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus is in its cells.
    // biome-ignore lint/a11y/useSemanticElements: a table cannot draw only what is in view.
    <div role="row" aria-rowindex={1} className="matrix-row matrix-head">
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div
        role="columnheader"
        aria-colindex={1}
        className="matrix-name"
        data-at="-1:-1"
        data-empty="true"
        tabIndex={cursor === -1 ? 0 : -1}
      >
        <span className="matrix-title">{words.service}</span>
        <span className="matrix-up">{words.up}</span>
      </div>
      {columns.list.slice(from, until).map((column, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus is in what it holds.
        // biome-ignore lint/a11y/useSemanticElements: as above.
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={from + index + 2}
          className={`matrix-place ${toColumnTint(column) ?? ''}`}
          style={toLeft(from + index)}
          data-at={`-1:${from + index}`}
          data-column={column.id}
        >
          <ColumnHead column={column} isCursor={cursor === from + index} onGroup={onGroup} />
        </div>
      ))}
    </div>
  );
});

interface ColumnHeadProps {
  column: MatrixColumn;
  isCursor: boolean;
  onGroup: MatrixHeadProps['onGroup'];
}

function ColumnHead({ column, isCursor, onGroup }: ColumnHeadProps) {
  const tabIndex = isCursor ? 0 : -1;
  const { swarm } = useSeen();
  if (column.kind === 'node') {
    const { node, name, state, sinceMs } = column;
    const look = COLUMN_LOOKS[state];
    return (
      <a
        href={toNodeHref(name)}
        tabIndex={tabIndex}
        title={node.hostname}
        data-node={node.hostname}
        data-state={node.engine.state}
      >
        <b>{node.hostname}</b>
        <small className={`matrix-state ${look.className}`}>
          <span className="status-glyph" aria-hidden="true" />
          <span className="truncate">
            {state === 'ready' ? (node.leader ? words.leader : swarm ? node.role : look.word) : look.word}
          </span>
        </small>
        {sinceMs !== null && (
          <small className="matrix-since">
            <Age atMs={sinceMs} form="span" />
          </small>
        )}
      </a>
    );
  }
  if (column.kind === 'group') {
    const { nodes, state, isQuiet, id, value } = column;
    const look = COLUMN_LOOKS[state];
    const isFine = isQuiet || state !== 'ready';
    return (
      <button
        type="button"
        tabIndex={tabIndex}
        data-group={id}
        title={value ?? undefined}
        aria-label={words.openGroup(
          value === null ? formatCount(nodes.length) : words.ofValue(value, formatCount(nodes.length)),
          isFine ? look.word : words.withProblems,
        )}
        onClick={() => onGroup(id)}
      >
        <b>{value ?? words.manyNodes(formatCount(nodes.length))}</b>
        <small className={isFine ? look.className : COLUMN_LOOKS.impaired.className}>
          <span className="status-glyph" aria-hidden="true" />
          <span className="truncate">
            {value === null ? '' : `${formatCount(nodes.length)} `}
            {isFine ? look.word : words.withProblems}
          </span>
        </small>
      </button>
    );
  }
  const isNone = column.kind === 'none';
  return (
    <span tabIndex={tabIndex} className={isNone ? 's-pending' : 's-unknown'}>
      <b>{isNone ? words.noNode : words.goneNode}</b>
      <small>
        <span className="status-glyph" aria-hidden="true" />
        <span className="truncate">{isNone ? words.noNodeYet : words.goneFromSwarm}</span>
      </small>
    </span>
  );
}
