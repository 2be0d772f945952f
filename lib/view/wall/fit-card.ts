import { endSentences } from '#lib/view/format/whole-parts.ts';
import { chooseWords } from './choose-words.ts';
import { fitEvidence, LINE_HEIGHT, type ProblemWords } from './fit-hero.ts';
import { measureText } from './measure-text.ts';
import { shortenText } from './shorten-text.ts';
import type { Box, Line } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';

/** A problem of middle size or in a row, in its box: what fits of its words, at which size. */
export interface FittedCard {
  padPx: number;
  /** At its sides. */
  sidePx: number;
  /** The name stands before the state on one line; else above it. */
  inline: boolean;
  name: Line;
  statePx: number;
  sentence: Line;
  /** `null` when there is none, or no room. */
  evidence: Line | null;
}

/** Two lines prove it; the rest is one click away on other pages. */
const MAX_EVIDENCE = 2;
const MAX_SENTENCE = 3;
/** The glyph, and what stands between name and state. */
const GLYPH_EM = 1.4;
const STATE_GAP_EM = 1.2;

/**
 * Fills a box from what matters most: name, state, sentence, evidence. A box with more room than its kind needs has larger
 * words.
 *
 * @param state the widest that the words of its state become
 * @param leadEm what stands before its sentence, in em of that
 */
export function fitCard(
  words: ProblemWords,
  box: Box,
  { unitPx, leadEm = 0, ...own }: { unitPx: number; state: string; kind: 'card' | 'row'; leadEm?: number },
): FittedCard {
  const size = WALL_SIZES[own.kind];
  const larger = Math.min(box.height / (size.height * 1.25 * unitPx), box.width / (size.width * unitPx), 1.5);
  const whole = endSentences(words.sentence).replaceAll(/\s+/g, '');
  const large = fitAt(words, box, { unit: unitPx * Math.max(1, larger), leadEm, ...own });
  const isWhole = large.sentence.lines.join('').replaceAll(' ', '') === whole;
  return isWhole ? large : fitAt(words, box, { unit: unitPx, leadEm, ...own });
}

function fitAt(
  words: ProblemWords,
  box: Box,
  { unit, state, kind, leadEm }: { unit: number; state: string; kind: 'card' | 'row'; leadEm: number },
): FittedCard {
  const { cardName, cardText, rowName, rowText, evidence } = WALL_SIZES.text;
  const [nameUnits, textUnits] = kind === 'card' ? [cardName, cardText] : [rowName, rowText];
  const padPx = Math.floor((kind === 'card' ? 1.2 : 0.6) * unit);
  const sidePx = Math.floor(1.2 * unit);
  const width = box.width - 2 * sidePx - 2;
  const namePx = nameUnits * unit;
  const fontPx = textUnits * unit;
  const stateWidth = (measureText(state) + STATE_GAP_EM) * fontPx;
  const nameWidth = (measureText(words.name) + GLYPH_EM) * namePx;
  let left = box.height - 2 * padPx - 2;
  const lineOf = (px: number) => px * LINE_HEIGHT;
  const hasRoom = left >= lineOf(namePx) + 2 * lineOf(fontPx);
  const inline = kind === 'row' || nameWidth + stateWidth <= width || !hasRoom;
  const maxNameEm = (inline ? width - stateWidth : width) / namePx - GLYPH_EM;
  left -= lineOf(namePx) + (inline ? 0 : lineOf(fontPx));
  const maxLines = Math.min(MAX_SENTENCE, Math.floor(left / lineOf(fontPx)));
  const lines = chooseWords(words.sentence, words.short, { maxEm: width / fontPx - leadEm, maxLines });
  left -= lines.length * lineOf(fontPx);
  return {
    padPx,
    sidePx,
    inline,
    name: { lines: [shortenText(words.name, maxNameEm, { keep: 'ends' })], fontPx: namePx },
    statePx: fontPx,
    sentence: { lines, fontPx },
    evidence: fitEvidence(words.evidence, {
      width,
      height: left,
      fontPx: evidence * unit,
      max: MAX_EVIDENCE,
    }),
  };
}
