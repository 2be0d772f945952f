import type { SecretName } from './names.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksRandom, looksSecret } from './prose.ts';
import { COST, type Scan } from './scan.ts';
import { findLineEnd } from './value-ends.ts';

/** Tables whose head names a secret: each cell below it is one. `psql`, `mysql`, `column -t`, CSV. */

const MAX_HEAD = 400;
const MAX_ROW = 2_000;
const MAX_CELLS = 40;
/** Of more, all that is behind is hidden. */
const MAX_ROWS = 2_000;
const CELL_NAME = /^["'`]?[A-Za-z_][\w.()#/ -]{0,40}["'`]?$/;
const RULER = /^[\s+|:=-]*$/;
const MAX_SKIPPED = 3;

type Mark = '|' | ',' | ';' | '\t' | ' ';

/**
 * A name of a secret that stands in the head of a table, from `at` to `end`: hides the cells below it. A table is walked
 * over once, whatever else its head names.
 */
export function maskColumn(scan: Scan, at: number, end: number, name: SecretName): void {
  const { text, lineAt } = scan;
  const headEnd = findLineEnd(text, end, lineAt + MAX_HEAD + 1);
  if (headEnd - lineAt > MAX_HEAD || (text.charCodeAt(headEnd) !== 0x0a && text.charCodeAt(headEnd) !== 0x0d))
    return;
  scan.doubts += COST.table;
  const isSame = scan.tableAt === lineAt;
  if (!isSame && lineAt < scan.tableEnd) return;
  const head = text.slice(lineAt, headEnd);
  const mark = findMark(head, at - lineAt, end - lineAt);
  if (mark === null) return;
  const cells = toCells(head, mark);
  if (cells === null) return;
  const nth = cells.findIndex(([from, until]) => lineAt + from <= at && end <= lineAt + until);
  if (nth < 0 || !isHead(head, cells, mark)) return;
  scan.tableAt = lineAt;
  scan.tableEnd = Math.max(scan.tableEnd, maskRows(scan, headEnd, { mark, cells, nth, name }));
}

/** What is between the cells: what stands beside the name. */
function findMark(head: string, at: number, end: number): Mark | null {
  const around = `${/[|,;\t]?["'` ]*$/.exec(head.slice(Math.max(0, at - 24), at))?.[0] ?? ''}${/^["'` ]*[|,;\t]?/.exec(head.slice(end, end + 24))?.[0] ?? ''}`;
  for (const mark of ['|', '\t', ',', ';'] as const) if (around.includes(mark)) return mark;
  return head.slice(end, end + 2) === '  ' || head.slice(Math.max(0, at - 2), at) === '  ' ? ' ' : null;
}

/** Where each cell of a line begins and ends, blanks around it left out; in columns, up to where the next one begins. */
function toCells(line: string, mark: Mark): [number, number][] | null {
  const cells: [number, number][] = [];
  if (mark === ' ') {
    for (const { index, 0: word } of line.matchAll(/\S+(?: \S+)*/g)) {
      cells.push([index, index + word.length]);
      if (cells.length > MAX_CELLS) return null;
    }
    return cells;
  }
  for (let from = 0; from <= line.length; ) {
    const next = line.indexOf(mark, from);
    const end = next < 0 ? line.length : next;
    cells.push([from, end]);
    if (cells.length > MAX_CELLS) return null;
    from = end + 1;
  }
  return cells;
}

function isHead(head: string, cells: readonly [number, number][], mark: Mark): boolean {
  let names = 0;
  for (const [from, end] of cells) {
    const cell = head.slice(from, end).trim();
    if (cell === '') continue;
    if (!CELL_NAME.test(cell) || (mark !== '|' && mark !== ' ' && /^\s/.test(head.slice(from, end))))
      return false;
    names += 1;
  }
  return names > 1;
}

/** Whether a name is alone on its line, and a ruler below it. */
export function isOnlyHead(text: string, lineAt: number, at: number, end: number): boolean {
  if (at - lineAt > MAX_EDGE || !RULED.test(text.slice(end, end + 2 * MAX_EDGE))) return false;
  return /^[ \t|]*$/.test(text.slice(lineAt, at));
}
const MAX_EDGE = 40;
const RULED = /^[ \t|]{0,40}\r?\n[ \t]{0,4}[|+]?[-=]{3}/;

/** The cells of a table of one column: words alone on their lines, up to an empty line, another ruler or a sentence. */
export function maskOnlyColumn(scan: Scan, end: number, name: SecretName): void {
  const { text, cellSpans } = scan;
  scan.doubts += COST.table;
  const rulerAt = text.indexOf('\n', end) + 1;
  let at = findLineEnd(text, rulerAt, rulerAt + MAX_ROW);
  if (!RULER.test(text.slice(rulerAt, at))) return;
  while (at < text.length) {
    const from = text[at] === '\r' ? at + 2 : at + 1;
    const until = findLineEnd(text, from, from + MAX_ROW);
    const [start, stop] = trimCell(text, from, until);
    if (stop <= start || until - from >= MAX_ROW || /^\(|[ \t]/.test(text.slice(start, stop))) return;
    if (RULER.test(text.slice(from, until))) return;
    if (isSecretCell(text.slice(start, stop), name)) cellSpans.push(start, stop);
    at = until;
  }
}

interface Column {
  mark: Mark;
  cells: readonly [number, number][];
  nth: number;
  name: SecretName;
}

/** @returns where the table ends */
function maskRows(scan: Scan, headEnd: number, column: Column): number {
  const { text, cellSpans } = scan;
  let at = headEnd;
  let skipped = 0;
  for (let rows = 0; at < text.length; rows += 1) {
    const from = at + (text.startsWith('\r\n', at) ? 2 : 1);
    const seen = findLineEnd(text, from, from + MAX_ROW);
    if (from >= text.length) return from;
    const isLong = seen - from >= MAX_ROW;
    const next = isLong ? text.indexOf('\n', seen) : seen;
    const end = next < 0 ? text.length : next;
    if (rows >= MAX_ROWS) {
      cellSpans.push(from, text.length);
      return text.length;
    }
    const line = text.slice(from, seen);
    if (RULER.test(line)) {
      skipped += 1;
      if (skipped > MAX_SKIPPED || line.trim() === '') return from;
      at = end;
      continue;
    }
    const cell = findCell(line, column);
    if (
      isLong &&
      (cell === null ? column.mark !== ' ' && line.includes(column.mark) : cell[1] === line.length)
    ) {
      // The cell may lie behind what was looked at, or end there.
      cellSpans.push(from + (cell?.[0] ?? 0), end);
      at = end;
      continue;
    }
    if (cell === null) return from;
    const [start, until] = cell;
    if (until > start && isSecretCell(line.slice(start, until), column.name))
      cellSpans.push(from + start, from + until);
    at = end;
  }
  return text.length;
}

/** The cell of a row below the name; `null`: it is no row of the table. */
function findCell(line: string, { mark, cells, nth }: Column): [number, number] | null {
  let from: number;
  let end: number;
  if (mark === ' ') {
    const [start] = cells[nth] ?? [0, 0];
    if (!/\S {2,}\S|\S \S/.test(line) && cells.length > 1 && nth > 0 && line.length <= start) return null;
    from = start;
    end = Math.min(line.length, cells[nth + 1]?.[0] ?? line.length);
    if (from > 0 && /\S/.test(line[from - 1] ?? ' ')) return null;
  } else {
    const own = toCells(line, mark);
    if (own === null || own.length < nth + 1 || own.length < cells.length) return null;
    [from, end] = own[nth] ?? [0, 0];
    if (nth === cells.length - 1) end = own.at(-1)?.[1] ?? end;
  }
  return trimCell(line, from, end);
}

/** Without blanks, quotes and bars around it. */
function trimCell(text: string, first: number, last: number): [number, number] {
  let [from, end] = [first, last];
  while (from < end && /[\s"'`|]/.test(text[from] as string)) from += 1;
  while (end > from && /[\s"'`|]/.test(text[end - 1] as string)) end -= 1;
  return [from, end];
}

/** A column `SECRET` may have the names of secrets in it, and `SECRETS` their number. */
function isSecretCell(cell: string, name: SecretName): boolean {
  if (
    isPlaceholder(cell) ||
    isVariable(cell) ||
    isSentenceWord(cell) ||
    /^(?:<\w+>|\d{1,3}|[-–—]|\*+)$/.test(cell)
  )
    return false;
  if (name.kind === 'password') return !cell.includes('  ') || looksSecret(cell);
  if (name.plural && /^\d+$/.test(cell)) return false;
  if (name.kind === 'token' && !name.bare) return cell.length >= 6;
  return looksRandom(cell) || (cell.length >= 16 && looksSecret(cell));
}
