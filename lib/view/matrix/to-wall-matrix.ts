import { formatCount } from '#lib/view/format/numbers.ts';
import { toShortName } from '#lib/view/replica/names.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { toOneLine } from '#lib/view/wall/shorten-text.ts';
import * as words from '#words/pages/matrix.ts';
import type { MatrixColumn, MatrixColumns } from './decide-columns.ts';
import type { MatrixCell } from './matrix-cell.ts';
import { type MatrixRow, toRowCells } from './matrix-rows.ts';
import type { WallMatrixRow } from './plan-matrix-wall.ts';

/** A column's head may be this wide: longer ones lose their middle. */
const MAX_HEAD_EM = 5.2;

/** What is well of a stack stands on the stack's own line: a wall has no room for an empty one. */
export function toWallRows(rows: readonly MatrixRow[]): WallMatrixRow[] {
  const rests = new Map(rows.filter(({ kind }) => kind === 'rest').map((row) => [row.stack, row]));
  return rows.flatMap((row): WallMatrixRow[] => {
    const [service] = row.services;
    if (row.kind === 'service' && service !== undefined)
      return [{ ...row, name: toOneLine(toShortName(service)), note: '', widestNote: '' }];
    if (row.kind !== 'stack') return [];
    const rest = rests.get(row.stack);
    const name = toOneLine(row.stack ?? words.noStack);
    const widestNote = words.needAttention(row.size, row.size);
    if (!row.isOpen) return [{ ...row, name, note: words.needAttention(row.bad, row.size), widestNote }];
    return [
      {
        ...row,
        ...(rest && { ...rest, kind: 'stack' }),
        id: row.id,
        name,
        note: rest ? words.restWell(rest.size) : '',
        widestNote: rest ? widestNote : '',
      },
    ];
  });
}

/** Stacks in which all is well, as one line: where not all fits a screen, what is not well stays in view. */
export function joinQuiet(rows: readonly WallMatrixRow[]): WallMatrixRow[] {
  const quiet = rows.filter(({ kind, isOpen, bad }) => kind === 'stack' && !isOpen && bad === 0);
  const [first] = quiet;
  if (first === undefined || quiet.length < 2) return [...rows];
  const services = quiet.flatMap((row) => row.services);
  const total = (read: (row: WallMatrixRow) => number) => quiet.reduce((sum, row) => sum + read(row), 0);
  const joined: WallMatrixRow = {
    ...first,
    ...{ id: 'quiet', services, size: services.length },
    ...{ name: words.quietStacks(quiet.length), note: words.restWell(services.length) },
    widestNote: words.restWell(services.length),
    ...{ healthy: total(({ healthy }) => healthy), desired: total(({ desired }) => desired) },
  };
  return [...rows.filter((row) => !quiet.includes(row)), joined];
}

/** What all names of single nodes begin with, if that leaves something of each: it is said once. */
export function findCommonStart(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return '';
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && name[same] === first[same]) same += 1;
    length = same;
  }
  // Numbers stay whole, and no name becomes nothing.
  const start = first.slice(0, length).replace(/\d+$/, '');
  return start.length < 3 || names.some((name) => name.length <= start.length) ? '' : start;
}

/** A column's head: the node's name without what all begin with, or how many there are. */
export function toWallHead(column: MatrixColumn, start: string): string {
  if (column.kind === 'node') return toOneLine(column.node.hostname.slice(start.length));
  if (column.kind === 'group') return words.moreNodes(formatCount(column.nodes.length));
  return column.kind === 'none' ? words.noNodeShort : words.goneShort;
}

/** On a wall a cell says how many are like the worst, and what is well how many there are. */
export function toWallCount(cell: MatrixCell): string {
  return formatCount(cell.severity === 'ok' ? cell.total : cell.worst);
}

/** Healthy is a number alone: what has a sign is then seen from afar. */
export function isMarked({ status }: MatrixCell): boolean {
  return status !== 'healthy';
}

/** Beside a cell's number: its margins, and its sign. */
const MARGIN_EM = 0.6;
const SIGN_EM = 1.2;

/** How wide the columns have to be for what may come to be in them, in em: all of a cell, and its sign. */
export function measureColumns(
  rows: readonly WallMatrixRow[],
  columns: MatrixColumns,
  start: string,
): number[] {
  const widths = columns.list.map(
    (column) => Math.min(MAX_HEAD_EM, measureText(toWallHead(column, start))) + MARGIN_EM,
  );
  for (const row of rows)
    for (const [at, { total }] of toRowCells(row, columns))
      widths[at] = Math.max(widths[at] ?? 0, measureText(formatCount(total)) + MARGIN_EM + SIGN_EM);
  return widths;
}
