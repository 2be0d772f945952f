import { endSentences } from '#lib/view/format/whole-parts.ts';
import { chooseWords } from './choose-words.ts';
import { measureText } from './measure-text.ts';
import { shortenText } from './shorten-text.ts';
import type { Box, Line } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';
import { wrapText } from './wrap-text.ts';

/** The words of a problem, safe to show. */
export interface ProblemWords {
  name: string;
  sentence: string;
  /** What is wrong, in two or three words, where no whole part of the sentence fits; `null`: it has no such name. */
  short: string | null;
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
/** Of one that has the most of the screen. */
const MAX_EVIDENCE = 6;
/** What name, state and two lines of a sentence take, in units: one that has no more to say is larger. */
const BARE_HEIGHT = 22;

/**
 * Fills a box from what matters most: name, state, sentence, replicas, then the evidence. Words are larger where there is
 * room, as long as the whole sentence and two lines of its evidence are there.
 */
export function fitHero(words: ProblemWords, box: Box, unitPx: number): FittedHero {
  const { hero } = WALL_SIZES;
  // A high box may have larger words than its width alone would give: they take more lines.
  const byWidth = (1.25 * box.width) / (hero.width * unitPx);
  const isBare = words.evidence === null && words.replicas === 0;
  const byBox = isBare
    ? box.height / (BARE_HEIGHT * unitPx)
    : Math.min(box.height / (hero.height * unitPx), byWidth);
  const scale = Math.max(1, Math.min(hero.maxScale, byBox));
  const toWhole = (text: string) => text.replaceAll(/\s+/g, '');
  const proofs = words.evidence === null ? 0 : words.evidence.text.trim() === '' ? 1 : 2;
  const isWhole = ({ name, sentence, evidence }: FittedHero) =>
    toWhole(name.lines.join('')) === toWhole(words.name) &&
    toWhole(sentence.lines.join('')) === toWhole(endSentences(words.sentence)) &&
    (evidence?.lines.length ?? 0) >= proofs;
  const scales = [scale, 1 + (scale - 1) / 2].map((one) => fitAt(words, box, one * unitPx));
  return scales.find(isWhole) ?? fitAt(words, box, unitPx);
}

/** How large a state and the counts beside it stand in one line. */
export interface FittedState {
  fontPx: number;
  /** Beside a long name of a swarm there may be no room for them, and they are never cut. */
  hasCounts: boolean;
}

/** As large as `maxPx`, and smaller where else the counts would not fit. */
export function fitHeroState(
  state: string,
  counts: string | null,
  { maxPx, widthPx }: { maxPx: number; widthPx: number },
  unitPx: number,
): FittedState {
  if (counts === null) return { fontPx: maxPx, hasCounts: false };
  const fontPx = Math.min(maxPx, widthPx / measureText(`${state} · ${counts}`));
  const hasCounts = fontPx >= WALL_SIZES.text.heroState * unitPx;
  return { fontPx: hasCounts ? fontPx : maxPx, hasCounts };
}

function fitAt(words: ProblemWords, box: Box, unit: number): FittedHero {
  const { text } = WALL_SIZES;
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
  const sentence = chooseWords(words.sentence, words.short, { maxEm: width / sentencePx, maxLines: max });
  left -= sentence.length * lineOf(sentencePx) + gapPx;

  return {
    padPx,
    gapPx,
    name: { lines: nameLines, fontPx: namePx },
    statePx,
    sentence: { lines: sentence, fontPx: sentencePx },
    evidence: fitEvidence(words.evidence, {
      width: width - 2.4 * unit,
      height: left - 1.6 * unit,
      fontPx: text.evidence * unit,
      max: MAX_EVIDENCE,
    }),
    cells: { count, sizePx: cellPx },
  };
}

/** As many of its lines as have room, the label first; `null`: none has. */
export function fitEvidence(
  evidence: ProblemWords['evidence'],
  { width, height, fontPx, max: most }: { width: number; height: number; fontPx: number; max: number },
): Line | null {
  const max = Math.min(most, Math.floor(height / (fontPx * LINE_HEIGHT)));
  if (evidence === null || max < 1) return null;
  const maxEm = width / fontPx;
  const output = evidence.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (max === 1 || output.length === 0) {
    const all = [evidence.label.replace(/:$/, ''), output.join(' ')].filter((part) => part !== '').join(': ');
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
