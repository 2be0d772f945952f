import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';
import { type Face, measureText } from './measure-text.ts';

/**
 * A text no wider than `maxEm`; what is too much is an ellipsis. Names lose their middle, since many differ only at
 * their ends; sentences lose their end.
 */
export function shortenText(
  text: string,
  maxEm: number,
  { keep, face = 'sans' }: { keep: 'ends' | 'start'; face?: Face },
): string {
  if (measureText(text, face) <= maxEm) return text;
  const signs = toGraphemes(text);
  let leftEm = maxEm - measureText('…', face);
  let head = 0;
  let tail = 0;
  for (;;) {
    const atTail = keep === 'ends' && tail * 3 < head * 2;
    const sign = atTail ? signs[signs.length - 1 - tail] : signs[head];
    if (sign === undefined || head + tail >= signs.length) break;
    leftEm -= measureText(sign, face);
    if (leftEm < 0) break;
    if (atTail) tail += 1;
    else head += 1;
  }
  if (head + tail === 0 && leftEm < -maxEm) return '';
  return `${signs.slice(0, head).join('').trimEnd()}…${tail === 0 ? '' : signs.slice(-tail).join('')}`;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A text in the pieces that people see as one sign: nothing may be cut inside of one. */
export function toGraphemes(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return [...text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** An untrusted name as one line that is safe to show. */
export function toOneLine(text: string): string {
  return sanitizeOutput(text).replace(/\s+/g, ' ').trim();
}
