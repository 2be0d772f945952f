import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { Matrix } from '#lib/view/matrix/create-matrix-model.ts';
import { clampSpot, moveSpot, parseSpot, type Spot } from '#lib/view/matrix/move-spot.ts';
import * as words from '#words/pages/matrix.ts';
import { MatrixHead } from './matrix-head.tsx';
import { toColumnTint } from './matrix-looks.ts';
import { MatrixReadout } from './matrix-readout.tsx';
import { MatrixLine } from './matrix-row.tsx';
import { toLeft } from './to-left.ts';
import { useDrawnPart } from './use-drawn-part.ts';

interface MatrixGridProps {
  matrix: Matrix;
  onStack: (stack: string, isOpen: boolean) => void;
  onGroup: (id: string) => void;
}

/** The grid in a box of its own, whose heads stay. Only what is in view is drawn; one cell is in the order of Tab. */
export function MatrixGrid({ matrix, onStack, onGroup }: MatrixGridProps) {
  const { rows, columns } = matrix;
  const box = useRef<HTMLDivElement>(null);
  const size = { rows: rows.length, columns: columns.list.length };
  const part = useDrawnPart(box, size);
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: -1, rowId: null, columnId: null });
  const [pointed, setPointed] = useState<Spot | null>(null);
  const at = clampSpot(findCursor(cursor, matrix), size);

  const onKeyDown = (event: KeyboardEvent) => {
    const isWide = event.ctrlKey || event.metaKey;
    if (event.altKey || (isWide && event.key !== 'Home' && event.key !== 'End')) return;
    const next = moveSpot(at, { key: event.key, isWide, page: part.pageRows }, size);
    if (next === null) return;
    event.preventDefault();
    part.reveal(next);
    flushSync(() => setCursor(toCursor(next, matrix)));
    focusSpot(box.current, next);
  };
  const onFocus = (event: FocusEvent) => {
    const spot = findSpot(event.target);
    if (spot !== null && (spot.row !== at.row || spot.column !== at.column))
      setCursor(toCursor(spot, matrix));
    setPointed(null);
  };
  const onPointerOver = (event: PointerEvent) => {
    const spot = findSpot(event.target);
    setPointed((before) => (before?.row === spot?.row && before?.column === spot?.column ? before : spot));
  };
  const drawn = rows
    .slice(part.rows.from, part.rows.until)
    .map((row, index) => ({ row, at: part.rows.from + index }));
  const own = rows[at.row];
  // What has the focus is drawn wherever it is.
  if (own !== undefined && (at.row < part.rows.from || at.row >= part.rows.until))
    drawn.push({ row: own, at: at.row });
  return (
    <section className="panel matrix">
      <MatrixReadout matrix={matrix} spot={pointed ?? at} />
      <div
        className="matrix-box"
        ref={box}
        style={{ '--n': size.columns, '--rows': size.rows } as CSSProperties}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot draw only what is in view. */}
        <div
          role="grid"
          className="matrix-grid"
          aria-label={words.gridLabel}
          aria-rowcount={size.rows + 1}
          aria-colcount={size.columns + 1}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          onPointerOver={onPointerOver}
          onPointerLeave={() => setPointed(null)}
        >
          <MatrixHead
            columns={columns}
            {...part.columns}
            cursor={at.row === -1 ? at.column : null}
            onGroup={onGroup}
          />
          <div className="matrix-rows" role="presentation">
            {columns.list.map((column, place) => {
              const tint = toColumnTint(column);
              return tint === null ? null : (
                <i
                  key={column.id}
                  className={`matrix-band ${tint}`}
                  style={toLeft(place)}
                  aria-hidden="true"
                />
              );
            })}
            {drawn.map(({ row, at: place }) => (
              <MatrixLine
                key={row.id}
                row={row}
                at={place}
                columns={columns}
                {...part.columns}
                cursor={place === at.row ? at.column : null}
                onStack={onStack}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

/** A cell by what it is: rows and columns come and go while somebody is at one. */
interface Cursor extends Spot {
  rowId: string | null;
  columnId: string | null;
}

function toCursor(spot: Spot, { rows, columns }: Matrix): Cursor {
  return { ...spot, rowId: rows[spot.row]?.id ?? null, columnId: columns.list[spot.column]?.id ?? null };
}

/** Where it is now; where it was, when it is gone. */
function findCursor({ row, column, rowId, columnId }: Cursor, { rows, columns }: Matrix): Spot {
  const foundRow = rowId === null ? -1 : rows.findIndex(({ id }) => id === rowId);
  const foundColumn = columnId === null ? -1 : columns.list.findIndex(({ id }) => id === columnId);
  return { row: foundRow < 0 ? row : foundRow, column: foundColumn < 0 ? column : foundColumn };
}

/** The place of the cell that an element is in. */
function findSpot(target: EventTarget | null): Spot | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
  return cell === null ? null : parseSpot(cell.dataset.at ?? '');
}

function focusSpot(box: HTMLElement | null, { row, column }: Spot): void {
  const cell = box?.querySelector<HTMLElement>(`[data-at="${row}:${column}"]`);
  const inside = cell?.querySelector<HTMLElement>('a, button, [tabindex]');
  (inside ?? cell)?.focus({ preventScroll: true });
}
