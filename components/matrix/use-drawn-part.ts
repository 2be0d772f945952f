import { type RefObject, useLayoutEffect, useState } from 'react';
import { usePrinting } from '#lib/client/hooks/use-printing.ts';
import type { GridSize, Spot } from '#lib/view/matrix/move-spot.ts';

/** In px, as matrix.css has them. */
const ROW = 27;
const HEAD = 56;
const NAME = 262;
const MIN_COLUMN = 71;
/** Rows and columns beyond the edge of the view that are drawn all the same. */
const MORE = 6;
/** The first HTML has so much, whatever the screen. */
const FIRST = { rows: { from: 0, until: 48 }, columns: { from: 0, until: 32 } };
/** On such a screen each row is a list of what it has: all of it is drawn. */
const NARROW = '(max-width: 700px)';

interface Range {
  from: number;
  until: number;
}

export interface DrawnPart {
  rows: Range;
  columns: Range;
  pageRows: number;
  /** Scrolls so that this cell is in view. */
  reveal(spot: Spot): void;
}

/** Which rows and columns are drawn: those in view, and some around. On paper all of them. */
export function useDrawnPart(box: RefObject<HTMLDivElement | null>, size: GridSize): DrawnPart {
  const [part, setPart] = useState(FIRST);
  const isPrinting = usePrinting();
  const { rows, columns } = size;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () =>
      setPart((before) => {
        const next = toPart(element, columns);
        return hasSameRange(before.rows, next.rows) && hasSameRange(before.columns, next.columns)
          ? before
          : next;
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [box, columns]);
  const all = { rows: { from: 0, until: rows }, columns: { from: 0, until: columns } };
  const shown = isPrinting ? all : part;
  return {
    ...shown,
    pageRows: Math.max(1, shown.rows.until - shown.rows.from - 2 * MORE),
    reveal({ row, column }) {
      const element = box.current;
      if (element === null || matchMedia(NARROW).matches) return;
      if (row >= 0) {
        const top = row * ROW;
        const bottom = top + ROW + HEAD;
        if (top < element.scrollTop) element.scrollTop = top;
        else if (bottom > element.scrollTop + element.clientHeight)
          element.scrollTop = bottom - element.clientHeight;
      }
      const width = toColumnWidth(element, columns);
      const left = Math.max(0, column) * width;
      const right = (column + 1) * width + NAME;
      if (column < 0 || left < element.scrollLeft) element.scrollLeft = left;
      else if (right > element.scrollLeft + element.clientWidth)
        element.scrollLeft = right - element.clientWidth;
    },
  };
}

function toColumnWidth(element: HTMLElement, columns: number): number {
  return Math.max(MIN_COLUMN, (element.clientWidth - NAME) / Math.max(1, columns));
}

function toPart(element: HTMLElement, columns: number): { rows: Range; columns: Range } {
  const { clientWidth, clientHeight, scrollTop, scrollLeft } = element;
  if (matchMedia(NARROW).matches) {
    const all = { from: 0, until: Number.POSITIVE_INFINITY };
    return { rows: all, columns: all };
  }
  const width = toColumnWidth(element, columns);
  const firstRow = Math.floor(scrollTop / ROW);
  const firstColumn = Math.floor(scrollLeft / width);
  // In steps, so that not each row that passes is a rendering.
  const snap = (value: number) => Math.max(0, Math.floor(value / MORE) * MORE);
  return {
    rows: {
      from: snap(firstRow - MORE),
      until: snap(firstRow + Math.ceil(clientHeight / ROW) + 2 * MORE),
    },
    columns: {
      from: snap(firstColumn - 2),
      until: snap(firstColumn + Math.ceil((clientWidth - NAME) / width) + 2 * MORE),
    },
  };
}

const hasSameRange = (a: Range, b: Range) => a.from === b.from && a.until === b.until;
