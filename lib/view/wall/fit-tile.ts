import { measureText } from './measure-text.ts';
import { shortenText, toOneLine } from './shorten-text.ts';
import type { Box } from './wall-plan.ts';
import { type TileSize, WALL_SIZES } from './wall-sizes.ts';

interface TileWords {
  /** What it may be called, the longest first; the last may be shortened. */
  names: readonly string[];
  /** What may be said of it, the longest first; the last may be shortened. */
  notes: readonly string[];
}

export interface FittedTile {
  name: string;
  note: string;
  padPx: number;
  /** How much of the tile's width is left beside its padding, in px. */
  innerPx: number;
}

/** Its glyph and the gap after it. */
const GLYPH_EM = 1.3;

/**
 * The words of a tile: as much as has room, whole where any of them has. On one line both share its width; else each has
 * a line of its own.
 */
export function fitTile({ names, notes }: TileWords, box: Box, size: TileSize, unitPx: number): FittedTile {
  const isLine = size === 'small';
  const namePx = WALL_SIZES.tiles[size].name * unitPx;
  const textPx = WALL_SIZES.tiles[size].text * unitPx;
  const padPx = isLine ? 0.8 * unitPx : 1.2 * unitPx;
  const innerPx = box.width - 2 * padPx - 2;
  const toNameEm = (note: string) =>
    (innerPx - (isLine ? measureText(note) * textPx + unitPx : 0)) / namePx - GLYPH_EM;
  const called = names.map(toOneLine);
  for (const name of called) {
    const note = notes.find(
      (one) => measureText(one) * textPx <= innerPx && measureText(name) <= toNameEm(one),
    );
    if (note !== undefined) return { name, note, padPx, innerPx };
  }
  const noteEm = (innerPx * (isLine ? 0.5 : 1)) / textPx;
  const whole = notes.find((one) => measureText(one) <= noteEm);
  const note = whole ?? shortenText(notes.at(-1) ?? '', noteEm, { keep: 'start' });
  return { name: shortenText(called.at(-1) ?? '', toNameEm(note), { keep: 'ends' }), note, padPx, innerPx };
}
