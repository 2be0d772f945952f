const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A text in the pieces that people see as one sign: nothing may be cut inside of one. */
export function toGraphemes(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return [...text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
