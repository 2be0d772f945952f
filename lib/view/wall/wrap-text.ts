import { keepTogether } from '#lib/view/format/keep-together.ts';
import { type Face, measureText } from './measure-text.ts';
import { shortenText, toGraphemes } from './shorten-text.ts';

/**
 * A text in at most `maxLines` lines, none wider than `maxEm`: broken between words, inside of one only where it is
 * wider than a line, and between a number and what it counts only where both have no room. What is too much ends in an
 * ellipsis, so nothing is ever cut without a sign.
 */
export function wrapText(text: string, maxEm: number, maxLines: number, face: Face = 'sans'): string[] {
  if (maxLines < 1) return [];
  const lines: string[] = [];
  const words = listPieces(text, maxEm, face);
  const spaceEm = measureText(' ', face);
  let line = '';
  let lineEm = 0;
  while (words.length > 0) {
    const word = words.shift() ?? '';
    const wordEm = measureText(word, face);
    if (line !== '' && lineEm + spaceEm + wordEm <= maxEm) {
      line += ` ${word}`;
      lineEm += spaceEm + wordEm;
    } else if (line === '' && wordEm <= maxEm) {
      line = word;
      lineEm = wordEm;
    } else if (lines.length === maxLines - 1) {
      const rest = [line, word, ...words].filter((part) => part !== '').join(' ');
      lines.push(shortenText(rest, maxEm, { keep: 'start', face }));
      return lines;
    } else if (line === '') {
      const [fits, rest] = breakWord(word, maxEm, face);
      lines.push(fits);
      if (rest !== '') words.unshift(rest);
    } else {
      lines.push(line);
      words.unshift(word);
      line = '';
      lineEm = 0;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** What stays on one line: words, and a number with what it counts. */
function listPieces(text: string, maxEm: number, face: Face): string[] {
  const whole = text.trim().split(/\s+/).join(' ');
  const pieces = face === 'mono' ? whole.split(' ') : keepTogether(whole).split(' ');
  return pieces
    .map((piece) => piece.replaceAll('\u00a0', ' '))
    .flatMap((piece) => (measureText(piece, face) <= maxEm ? piece : piece.split(' ')))
    .filter((piece) => piece !== '');
}

const BREAKS = /[-_./:,;=&?)\]}]/;

/** The most of a word that fits, broken after a separator where there is one in its last third. Always at least a sign. */
function breakWord(word: string, maxEm: number, face: Face): [fits: string, rest: string] {
  const signs = toGraphemes(word);
  let count = 0;
  for (let em = 0; count < signs.length; count += 1) {
    em += measureText(signs[count] ?? '', face);
    if (em > maxEm) break;
  }
  count = Math.max(1, count);
  for (let at = count; at > count * 0.67; at -= 1) {
    if (!BREAKS.test(signs[at - 1] ?? '')) continue;
    count = at;
    break;
  }
  return [signs.slice(0, count).join(''), signs.slice(count).join('')];
}
