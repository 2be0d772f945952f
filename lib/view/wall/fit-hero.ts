import { shortenText } from './shorten-text.ts';
import type { Box, Line } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';
import { wrapText } from './wrap-text.ts';

/** The words of a problem, safe to show. */
export interface ProblemWords {
  name: string;
  sentence: string;
  /** What proves it: a label, and lines of output. `null` when there is nothing, or the sentence quotes it already. */
  evidence: { label: string; text: string } | null;
  replicas: number;
}

/** A large problem in its box: what fits of its words, at which size. */
export interface FittedHero {
  padPx: number;
  gapPx: number;
  name: Line;
  statePx: number;
  sentence: Line;
  /** `null` when there is none, or no room. */
  evidence: Line | null;
  /** Replicas that get a cell, and how large it is. */
  cells: { count: number; sizePx: number };
}

export const LINE_HEIGHT = 1.3;

/** Fills a box from what matters most: name, state, sentence, replicas, then the evidence. */
export function fitHero(words: ProblemWords, box: Box, unitPx: number): FittedHero {
  const { text, hero } = WALL_SIZES;
  // A high box may have larger words than its width alone would give: they take more lines.
  const byBox = Math.min(box.height / (hero.height * unitPx), (1.25 * box.width) / (hero.width * unitPx));
  const unit = unitPx * Math.max(1, Math.min(hero.maxScale, byBox));
  const padPx = 2 * unit;
  const gapPx = 0.8 * unit;
  const width = box.width - 2 * padPx - 2;
  let left = box.height - 2 * padPx - 2;

  const namePx = text.heroName * unit;
  const nameLines = wrapText(words.name, width / namePx - 1.3, left > 26 * unit ? 2 : 1);
  left -= nameLines.length * namePx * LINE_HEIGHT + gapPx;
  const statePx = text.heroState * unit;
  left -= statePx * LINE_HEIGHT + gapPx;

  const cellPx = 2.6 * unit;
  const perLine = Math.max(1, Math.floor((width + gapPx / 2) / (cellPx + gapPx / 2)));
  const cellLines = left > 18 * unit ? 2 : 1;
  const count = left > 8 * unit ? Math.min(words.replicas, perLine * cellLines) : 0;
  if (count > 0) left -= Math.ceil(count / perLine) * (cellPx + gapPx / 2) + gapPx;

  const sentencePx = text.heroSentence * unit;
  const lineOf = (px: number) => px * LINE_HEIGHT;
  const max = Math.max(1, Math.min(4, Math.floor(left / lineOf(sentencePx))));
  const sentence = wrapText(words.sentence, width / sentencePx, max);
  left -= sentence.length * lineOf(sentencePx) + gapPx;

  return {
    padPx,
    gapPx,
    name: { lines: nameLines, fontPx: namePx },
    statePx,
    sentence: { lines: sentence, fontPx: sentencePx },
    evidence: fitEvidence(words.evidence, width - 2.4 * unit, left - 1.6 * unit, text.evidence * unit),
    cells: { count, sizePx: cellPx },
  };
}

function fitEvidence(
  evidence: ProblemWords['evidence'],
  width: number,
  height: number,
  fontPx: number,
): Line | null {
  const max = Math.min(6, Math.floor(height / (fontPx * LINE_HEIGHT)));
  if (evidence === null || max < 1) return null;
  const maxEm = width / fontPx;
  const output = evidence.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (max === 1 || output.length === 0) {
    const all = [evidence.label, output.join(' ')].filter((part) => part !== '').join(': ');
    return { lines: [shortenText(all.replace(/\s+/g, ' '), maxEm, { keep: 'start', face: 'mono' })], fontPx };
  }
  const lines =
    evidence.label === '' ? [] : [shortenText(evidence.label, maxEm, { keep: 'start', face: 'mono' })];
  for (const line of output) {
    if (lines.length >= max) break;
    lines.push(...wrapText(line, maxEm, max - lines.length, 'mono'));
  }
  return { lines, fontPx };
}
