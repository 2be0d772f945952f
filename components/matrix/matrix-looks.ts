import { ENGINE_LOOKS, type Look, NODE_LOOKS, STATUS_LOOKS } from '#components/status/looks.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import type { ColumnState, MatrixColumn } from '#lib/view/matrix/decide-columns.ts';
import type { MatrixCell } from '#lib/view/matrix/matrix-cell.ts';
import { isCountedApart } from '#lib/view/matrix/matrix-cell.ts';
import type { MatrixRow } from '#lib/view/matrix/matrix-rows.ts';
import * as words from '#words/pages/matrix.ts';

/** What a column's state looks like. Never green where nobody reads what runs there. */
export const COLUMN_LOOKS: Record<ColumnState, Look> = {
  ...NODE_LOOKS,
  // A column is narrow: the longer word of the others is cut there.
  impaired: { ...NODE_LOOKS.impaired, word: words.states.impaired },
  unread: { word: words.states.unread, className: 's-unknown' },
  stale: { word: words.states.stale, className: ENGINE_LOOKS.stale.className },
  connecting: { word: words.states.connecting, className: 's-unknown' },
};

/** The colour of a whole column; `null`: it has none. */
export function toColumnTint(column: MatrixColumn): string | null {
  if (column.kind !== 'node' && column.kind !== 'group') return column.kind === 'gone' ? 's-unknown' : null;
  const { className } = COLUMN_LOOKS[column.state];
  return column.state === 'ready' || column.state === 'impaired' ? null : className;
}

/** Where a column is, in words: `docker01`, `997 nodes (Ready)`. */
export function toPlaceName(column: MatrixColumn): string {
  switch (column.kind) {
    case 'node':
      return column.node.hostname;
    case 'group':
      return words.openGroupName(formatCount(column.nodes.length), COLUMN_LOOKS[column.state].word);
    case 'none':
      return words.placeNone;
    case 'gone':
      return words.placeGone;
  }
}

/** The same, where there is little room. */
export function toShortPlace(column: MatrixColumn): string {
  if (column.kind === 'node') return column.node.hostname;
  if (column.kind === 'group') return words.manyNodes(formatCount(column.nodes.length));
  return column.kind === 'none' ? words.noNode : words.goneNode;
}

/** What a row is, in words. */
export function toRowName({ kind, stack, services, size }: MatrixRow): string {
  const [first] = services;
  if (kind === 'service' && first !== undefined) return first.name;
  const name = stack ?? words.noStack;
  return kind === 'stack' ? name : `${name}, ${words.restWell(size)}`;
}

/** `3`, or `1 of 2` where only some of those there are like the worst. */
export function toCellCount(cell: MatrixCell): string {
  if (!isCountedApart(cell)) return formatCount(cell.total);
  return words.ofMany(formatCount(cell.worst), formatCount(cell.total));
}

/** `shop_api on docker01: 1 of 2 unhealthy`. */
export function toCellLabel(row: MatrixRow, column: MatrixColumn, cell: MatrixCell): string {
  const status = STATUS_LOOKS[cell.status].word.toLowerCase();
  return words.cellLabel(toRowName(row), toPlaceName(column), toCellCount(cell), status);
}
