import { measureText } from './measure-text.ts';
import { shortenText } from './shorten-text.ts';
import type { Line, WallPlan } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';
import { wrapText } from './wrap-text.ts';

export interface HeadInput {
  headline: string;
  scope: WallScope;
  /** The counts, the most important first: as many as have room. */
  counts: readonly string[];
  width: number;
  /** The screen stands upright: there is more room below. */
  isTall: boolean;
  unitPx: number;
}

/** Below the answer: what the wall covers; where it is not live, why. */
export interface WallScope {
  /** Names, which may be shortened. */
  names: string;
  /** What may be said in our own words, which never are, the longest first; empty: nothing. */
  words: readonly string[];
  /** As many lines as may be. */
  maxLines: number;
}

/** The bar on top: the answer and the clock, below what is covered and the counts; those under each other where it is narrow. */
export function planHead({ headline, scope, counts, width, isTall, unitPx }: HeadInput): WallPlan['head'] {
  const { text } = WALL_SIZES;
  const pad = 2 * unitPx;
  const clock = measureText('00:00:00') * text.clock * unitPx + 3 * unitPx;
  const countsPx = text.counts * unitPx;
  const countsWidth = toCountsWidth(counts, countsPx);
  const countsUnder = countsWidth > width * 0.62;
  const title = toTitle(
    headline,
    width - 2 * pad - clock,
    unitPx,
    isTall ? (width < NARROW * unitPx ? 5 : 3) : 2,
  );
  const scopePx = text.scope * unitPx;
  const scopeWidth = width - 2 * pad - (countsUnder ? 0 : countsWidth);
  const lines = toScopeLines(scope, scopeWidth / scopePx);
  const height =
    1.6 * pad * 0.8 +
    Math.max(LARGEST * unitPx, title.lines.length * title.fontPx) * 1.2 +
    Math.max(1, lines.length) * scopePx * 1.4 +
    (countsUnder ? countsPx * 1.5 : 0);
  const box = { x: 0, y: 0, width: Math.floor(width), height: Math.ceil(height) };
  const fitting = counts.filter(
    (_, at) => toCountsWidth(counts.slice(0, at + 1), countsPx) <= width - 2 * pad,
  );
  const line = { under: countsUnder, count: fitting.length };
  return { box, headline: title, scope: { lines, fontPx: scopePx }, counts: line };
}

const BETWEEN = ' · ';
/** More than any head has lines. */
const ANY = 40;

function toScopeLines({ names, words, maxLines }: WallScope, maxEm: number): string[] {
  const [longest = ''] = words;
  if (longest === '') return wrapText(names, maxEm, maxLines);
  if (names === '') {
    const fitting = words.map((text) => wrapText(text, maxEm, ANY)).find(({ length }) => length <= maxLines);
    return fitting ?? wrapText(words.at(-1) ?? '', maxEm, maxLines);
  }
  const own = `${BETWEEN}${longest}`;
  return [`${shortenText(names, Math.max(maxEm - measureText(own), 0.3 * maxEm), { keep: 'ends' })}${own}`];
}

/** Of the answer, in units. A longer one is smaller, and keeps the room: the places below stay where they are. */
const LARGEST = 6;
/** As a phone held upright, in units. */
const NARROW = 90;
/** What stands before the words, and the gap after it. */
const GLYPH_EM = 1.4;

function toCountsWidth(counts: readonly string[], fontPx: number): number {
  return counts.reduce((sum, text) => sum + (measureText(text) + 1) * fontPx, 0);
}

/** As large as fits on a line, from the largest down to the smallest; then in `most` lines. */
function toTitle(headline: string, width: number, unitPx: number, max: number): Line {
  const em = measureText(headline) + GLYPH_EM;
  const fitting = width / em / unitPx;
  const size = Math.min(LARGEST, fitting);
  if (size >= WALL_SIZES.text.headline) return { lines: [headline], fontPx: size * unitPx };
  const fontPx = WALL_SIZES.text.headline * unitPx;
  return { lines: wrapText(headline, width / fontPx - GLYPH_EM, max), fontPx };
}
