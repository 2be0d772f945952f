import type { Client } from './clients.ts';
import { findWordEnd } from './value-ends.ts';

/** The walk over a text: where it is, and what it knows of what it passed. */
export interface Scan {
  readonly text: string;
  /** Where hints end (`hints.ts`), and which of them is next. */
  readonly hints: Uint32Array;
  hint: number;
  /** Pairs of beginning and end, in order. */
  readonly spans: number[];
  at: number;
  /** The program whose arguments are passed. */
  client: Client | null;
  /** False: its secrets come only behind another word (`docker … login`). */
  active: boolean;
  /** So many plain words on, a secret stands alone; 0: none does. */
  awaited: number;
  /** Each `name=value` from here on has a secret. */
  assigning: boolean;
  /** The word that ends the lines which the program reads (`<<EOF`); empty: it reads none. */
  heredoc: string;
  /** The quote that is open in the program's arguments; 0: none is. */
  quote: number;
  /** Plain words since the program's name. */
  plainCount: number;
  /** Where the word began that is passed, up to blanks. */
  wordAt: number;
  /** Where the argument began that is passed, of a command in words; -1: it is a text. */
  argumentAt: number;
  /** The first colon in it that no `@` followed; -1: none. */
  colonAt: number;
  /** Behind the last `@`. */
  loginAt: number;
  /** Up to here, what could be a share's address was looked at. */
  shareAt: number;
  lineAt: number;
  /** The end of the line that was asked for last (`endOfLine`). */
  lineEnd: number;
  /** Cells of tables whose head names a secret (`tables.ts`): pairs, not in the order of `spans`. */
  readonly cellSpans: number[];
  /** The head of the table that was looked at last, and where that table ends. */
  tableAt: number;
  tableEnd: number;
  /** What was looked at in vain, in names of secrets that had none. */
  doubts: number;
  /** The run before. */
  beforeAt: number;
  beforeEnd: number;
}

/** What a look costs beside one at a secret's name that has none. */
export const COST = {
  client: 0.15,
  phrase: 0.15,
  shape: 0.05,
  run: 0.15,
  address: 0.1,
  sentence: 0.3,
  table: 1,
};

/** The next line break: looked for once in each line. */
export function endOfLine(scan: Scan, at: number): number {
  if (scan.lineEnd >= at) return scan.lineEnd;
  const found = scan.text.indexOf('\n', at);
  scan.lineEnd = found < 0 ? scan.text.length : found;
  return scan.lineEnd;
}

export function leaveClient(scan: Scan): void {
  scan.client = null;
  scan.awaited = 0;
  scan.assigning = false;
  scan.quote = 0;
  scan.heredoc = '';
}

export function maskWord(scan: Scan, from: number): void {
  const end = findWordEnd(scan.text, from);
  scan.spans.push(from, end);
  scan.at = end;
}

/** Pairs of beginning and end in their order, those that meet as one. */
export function mergeSpans(spans: readonly number[]): number[] {
  const pairs: [number, number][] = [];
  for (let index = 0; index + 1 < spans.length; index += 2)
    pairs.push([spans[index] ?? 0, spans[index + 1] ?? 0]);
  pairs.sort(([one], [other]) => one - other);
  const merged: number[] = [];
  for (const [from, end] of pairs) {
    const last = merged.length - 1;
    if (last > 0 && from <= (merged[last] ?? 0)) merged[last] = Math.max(merged[last] ?? 0, end);
    else merged.push(from, end);
  }
  return merged;
}
