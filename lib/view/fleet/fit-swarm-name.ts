import { measureText } from '#lib/view/wall/measure-text.ts';
import { shortenText, toGraphemes } from '#lib/view/wall/shorten-text.ts';

/** A swarm's name on its tile, whole: on one line where it has room beside its word, else on several smaller ones. */
export interface FittedName {
  lines: string[];
  fontPx: number;
}

/** The glyph before it, and what stands between it and its word. */
export const GLYPH_EM = 1.4;

/** Names have at most 40 characters, so no more lines are ever wanted. */
const MAX_LINES = 5;

/**
 * @param widthPx what it has for itself: without the padding, and without its word beside it
 * @param size the size that it should have, and the least
 */
export function fitSwarmName(
  name: string,
  widthPx: number,
  size: { maxPx: number; minPx: number },
): FittedName {
  const nameEm = measureText(name) + GLYPH_EM;
  const onePx = Math.min(size.maxPx, widthPx / nameEm);
  if (onePx >= size.minPx) return { lines: [name], fontPx: onePx };
  return { lines: wrapName(name, Math.max(3, widthPx / size.minPx - GLYPH_EM)), fontPx: size.minPx };
}

/** Broken after a hyphen where there is one, else within. */
function wrapName(name: string, maxEm: number): string[] {
  const lines = [''];
  for (const part of name.split(/(?<=[-_.])/).flatMap((one) => cut(one, maxEm))) {
    const longer = `${lines.at(-1)}${part}`;
    if (measureText(longer) <= maxEm || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  if (lines.length <= MAX_LINES) return lines;
  const rest = lines.slice(MAX_LINES - 1).join('');
  return [...lines.slice(0, MAX_LINES - 1), shortenText(rest, maxEm, { keep: 'ends' })];
}

function cut(part: string, maxEm: number): string[] {
  if (measureText(part) <= maxEm) return [part];
  const pieces = [''];
  for (const sign of toGraphemes(part)) {
    if (measureText(`${pieces.at(-1)}${sign}`) > maxEm && pieces.at(-1) !== '') pieces.push('');
    pieces[pieces.length - 1] += sign;
  }
  return pieces;
}
