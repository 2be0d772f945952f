import { LINE_HEIGHT, type ProblemWords } from './fit-hero.ts';
import { shortenText } from './shorten-text.ts';
import type { Box, Line } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';
import { wrapText } from './wrap-text.ts';

export interface FittedCard {
  padPx: number;
  name: Line;
  statePx: number;
  sentence: Line;
}

/** A problem of middle size: name, state, and as many lines of its sentence as there is room for. */
export function fitCard(words: ProblemWords, box: Box, unitPx: number): FittedCard {
  const { cardName, cardText } = WALL_SIZES.text;
  const padPx = 1.2 * unitPx;
  const width = box.width - 2 * padPx - 2;
  const namePx = cardName * unitPx;
  const fontPx = cardText * unitPx;
  const left = box.height - 2 * padPx - 2 - (namePx + fontPx) * LINE_HEIGHT;
  const max = Math.max(1, Math.floor(left / (fontPx * LINE_HEIGHT)));
  return {
    padPx,
    name: { lines: [shortenText(words.name, width / namePx - 1.3, { keep: 'ends' })], fontPx: namePx },
    statePx: fontPx,
    sentence: { lines: wrapText(words.sentence, width / fontPx, max), fontPx },
  };
}
