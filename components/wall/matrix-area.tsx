'use client';
import { useMemo, useState } from 'react';
import { COLUMN_LOOKS, toColumnTint } from '#components/matrix/matrix-looks.ts';
import { type Look, STATUS_LOOKS, VERDICT_LOOKS } from '#components/status/looks.ts';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { createMatrixModel } from '#lib/view/matrix/create-matrix-model.ts';
import type { MatrixColumn, MatrixColumns } from '#lib/view/matrix/decide-columns.ts';
import { toRowCells } from '#lib/view/matrix/matrix-rows.ts';
import {
  type MatrixWallPlan,
  planMatrixWall,
  type WallMatrixRow,
} from '#lib/view/matrix/plan-matrix-wall.ts';
import {
  findCommonStart,
  isMarked,
  joinQuiet,
  measureColumns,
  toWallCount,
  toWallHead,
  toWallRows,
} from '#lib/view/matrix/to-wall-matrix.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { shortenText, toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import * as words from '#words/pages/matrix.ts';
import { lasting, longestShort, of } from '#words/pages/wall.ts';
import { WallAge } from './problem-state.tsx';
import { toBoxStyle, WallText } from './wall-text.tsx';

/** With more nodes than this, those that are well are one column; of those that are not, so many stand by themselves. */
const MAX_NODES = 24;
const MAX_UNEASY = 20;
const PAGE_MS = 10_000;
/** Of a node's name beside the legend. */
const MAX_NAME_EM = 14;
const NOTHING_OPENED = { stacks: new Map<string, boolean>(), groups: new Set<string>() };

interface MatrixAreaProps {
  box: Box;
  unitPx: number;
  services: readonly ServicePicture[];
  nodes: readonly NodePicture[];
}

/** Services by nodes, on the whole of the wall: as large as it fits. */
export function MatrixArea({ box, unitPx, services, nodes }: MatrixAreaProps) {
  const { clock } = useLiveContext();
  const [model] = useState(createMatrixModel);
  const { rows, columns, start, plan } = useMemo(() => {
    const shown = { services, nodes, rows: 'auto', columns: 'auto', pinned: null } as const;
    const limits = { maxNodes: MAX_NODES, maxUneasy: MAX_UNEASY };
    const matrix = model.updateNow({ ...shown, ...NOTHING_OPENED, ...limits }, clock.nowMs());
    const rows = toWallRows(matrix.rows);
    const { columns } = matrix;
    const own = columns.list.flatMap((column) => (column.kind === 'node' ? [column.node.hostname] : []));
    const start = findCommonStart(own);
    const toPlan = (lines: readonly WallMatrixRow[]) => {
      const columnsEm = measureColumns(lines, columns, start);
      return { rows: lines, columns, start, plan: planMatrixWall({ box, unitPx, rows: lines, columnsEm }) };
    };
    const whole = toPlan(rows);
    return whole.plan.pages.length === 1 ? whole : toPlan(joinQuiet(rows));
  }, [model, services, nodes, box, unitPx, clock]);
  const pages = plan.pages.length;
  const at = Number(useTickingText((nowMs) => String(Math.floor(nowMs / PAGE_MS) % pages)));
  const page = plan.pages[at];
  if (page === undefined) return null;
  const shown = columns.list.slice(page.from, page.until);
  return (
    <>
      <Legend
        rows={rows}
        columns={columns}
        box={box}
        unitPx={unitPx}
        page={pages > 1 ? words.wallPage(at + 1, pages) : null}
      />
      {page.panels.map((lines, index) => {
        const panel = plan.panels[index];
        return (
          panel !== undefined && (
            // biome-ignore lint/a11y/useSemanticElements: everything on a wall has its planned place.
            <div
              key={panel.x}
              role="table"
              aria-label={words.gridLabel}
              className="wall-place wall-matrix"
              style={toBoxStyle({ ...panel, height: plan.headPx + lines.length * plan.rowPx })}
            >
              <Head columns={shown} start={start} plan={plan} from={page.from} />
              {lines.map((row, line) => (
                <Row key={row.id} row={row} columns={columns} {...{ shown, plan, line }} from={page.from} />
              ))}
            </div>
          )
        );
      })}
    </>
  );
}

interface LegendProps {
  rows: readonly WallMatrixRow[];
  columns: MatrixColumns;
  box: Box;
  unitPx: number;
  page: string | null;
}

/** What the signs that are there mean, the worst first; as many as there is room for. */
function Legend({ rows, columns, box, unitPx, page }: LegendProps) {
  const fontPx = WALL_SIZES.text.matrixText * unitPx;
  const statuses = useMemo(() => {
    const there = new Set<ReplicaStatus>();
    for (const row of rows) for (const cell of toRowCells(row, columns).values()) there.add(cell.status);
    return REPLICA_STATUSES.filter((status) => there.has(status));
  }, [rows, columns]);
  let left = box.width / fontPx - (page === null ? 0 : measureText(page) + 2);
  const entries = statuses.filter((status) => {
    left -= measureText(STATUS_LOOKS[status].word) + 3;
    return left > 0;
  });
  // How old what is not known is, and since when a node is away: as many as there is room for.
  const troubled = columns.list.flatMap((column) => {
    if (column.kind !== 'node' || toColumnTint(column) === null) return [];
    const look = COLUMN_LOOKS[column.state];
    const name = shortenText(toOneLine(column.node.hostname), MAX_NAME_EM, { keep: 'ends' });
    left -= measureText(`${name} ${look.word} ${longestShort}`) + 3;
    return left > 0 ? [{ id: column.id, name, look, sinceMs: column.sinceMs }] : [];
  });
  return (
    <div
      className="wall-place wall-legend"
      style={{ left: box.x, top: box.y, width: box.width, gap: 1.6 * fontPx }}
    >
      {entries.map((status) => (
        <WallText key={status} kind="matrixText" fontPx={fontPx} className={STATUS_LOOKS[status].className}>
          <span className="status-glyph" aria-hidden="true" /> {STATUS_LOOKS[status].word}
        </WallText>
      ))}
      <span className="wall-grow" />
      {troubled.map(({ id, name, look, sinceMs }) => (
        <WallText key={id} kind="matrixText" fontPx={fontPx} className={look.className}>
          <span className="status-glyph" aria-hidden="true" /> {name} {look.word}
          {sinceMs !== null && (
            <>
              {` ${lasting} `}
              <WallAge atMs={sinceMs} />
            </>
          )}
        </WallText>
      ))}
      {page !== null && (
        <WallText kind="matrixText" fontPx={fontPx} className="wall-muted">
          {page}
        </WallText>
      )}
    </div>
  );
}

function toHeadLook(column: MatrixColumn): Look {
  if (column.kind === 'none') return STATUS_LOOKS.pending;
  if (column.kind === 'gone') return STATUS_LOOKS.unknown;
  const isLoud = column.kind === 'group' && !column.isQuiet && column.state === 'ready';
  return isLoud ? COLUMN_LOOKS.impaired : COLUMN_LOOKS[column.state];
}

interface HeadProps {
  columns: readonly MatrixColumn[];
  start: string;
  plan: MatrixWallPlan;
  from: number;
}

function Head({ columns, start, plan, from }: HeadProps) {
  const { headPx, nameWidth, countWidth, columnWidths, textPx } = plan;
  const startEm = (nameWidth + countWidth) / textPx - 1;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: as above.
    <div role="row" className="wall-matrix-row wall-matrix-head" style={{ height: headPx }}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <span role="cell" style={{ width: nameWidth + countWidth }}>
        <WallText kind="matrixText" fontPx={textPx} className="wall-muted">
          {start === '' ? '' : shortenText(`${start}…`, startEm, { keep: 'start' })}
        </WallText>
      </span>
      {columns.map((column, index) => {
        const look = toHeadLook(column);
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <span
            key={column.id}
            role="cell"
            className={`${look.className} wall-matrix-node`}
            data-tint={toColumnTint(column) !== null}
            data-node={column.kind === 'node' ? column.node.hostname : undefined}
            style={{ width: columnWidths[from + index] }}
          >
            <WallText kind="matrixText" fontPx={textPx}>
              {shortenText(toWallHead(column, start), (columnWidths[from + index] ?? 0) / textPx - 0.3, {
                keep: 'ends',
              })}
            </WallText>
            <span className="status-glyph" role="img" aria-label={look.word} style={{ fontSize: textPx }} />
          </span>
        );
      })}
    </div>
  );
}

interface RowProps {
  row: WallMatrixRow;
  columns: MatrixColumns;
  shown: readonly MatrixColumn[];
  plan: MatrixWallPlan;
  from: number;
  line: number;
}

function Row({ row, columns, shown, plan, from, line }: RowProps) {
  const cells = useMemo(() => toRowCells(row, columns), [row, columns]);
  const { rowPx, nameWidth, countWidth, columnWidths, namePx, textPx, headPx } = plan;
  const isStack = row.kind === 'stack';
  const roomEm = nameWidth / namePx - (isStack ? 0.5 : 1.9);
  const ratio = textPx / namePx;
  // A stack's note is ours and stays whole; a stack's name beside a service gives way to the service's.
  const noteEm = isStack && row.note !== '' ? measureText(row.note) * ratio + 0.6 : 0;
  const name = shortenText(row.name, roomEm - noteEm, { keep: 'ends' });
  const leftEm = (roomEm - measureText(name) - 0.6) / ratio;
  const note = isStack ? row.note : leftEm < 3 ? '' : shortenText(row.note, leftEm, { keep: 'ends' });
  const isEmpty = row.services.length === 0;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: as above.
    <div
      role="row"
      className={`wall-matrix-row wall-matrix-${row.kind}`}
      style={{ top: headPx + line * rowPx, height: rowPx }}
      data-verdict={row.kind === 'service' ? row.verdict : undefined}
      data-service={row.kind === 'service' ? row.services[0]?.name : undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <span role="cell" className="wall-matrix-name" style={{ width: nameWidth, fontSize: namePx }}>
        {!isStack && (
          <span
            className={`status-glyph ${VERDICT_LOOKS[row.verdict].className}`}
            role="img"
            aria-label={VERDICT_LOOKS[row.verdict].word}
          />
        )}
        <WallText kind="matrixName" fontPx={namePx}>
          {name}
        </WallText>
        {note !== '' && (
          <WallText kind="matrixText" fontPx={textPx} className="wall-muted">
            {note}
          </WallText>
        )}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <span role="cell" className="wall-matrix-count" style={{ width: countWidth }}>
        {!isEmpty && (
          <WallText kind="matrixText" fontPx={textPx} className="wall-muted">
            <b>{formatCount(row.healthy)}</b> {of(formatCount(row.desired))}
          </WallText>
        )}
      </span>
      {shown.map((column, index) => {
        const cell = cells.get(from + index);
        const tint = toColumnTint(column);
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          <span
            key={column.id}
            role="cell"
            className={`wall-matrix-place ${tint ?? ''}`}
            data-tint={tint !== null}
            style={{ width: columnWidths[from + index], fontSize: rowPx / 2 }}
          >
            {cell !== undefined && (
              <span
                className={`matrix-cell ${STATUS_LOOKS[cell.status].className}`}
                data-status={cell.status}
                data-severity={cell.severity}
                style={{ fontSize: textPx }}
              >
                {isMarked(cell) && (
                  <span className="status-glyph" role="img" aria-label={STATUS_LOOKS[cell.status].word} />
                )}
                <WallText kind="matrixText" fontPx={textPx}>
                  {toWallCount(cell)}
                </WallText>
              </span>
            )}
          </span>
        );
      })}
    </div>
  );
}
