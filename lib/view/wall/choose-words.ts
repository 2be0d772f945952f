import { endSentences, listWholeParts } from '#lib/view/format/whole-parts.ts';
import { wrapText } from './wrap-text.ts';

/** More than any box has lines. */
const ANY = 40;

/**
 * Our own sentence in at most `maxLines` lines, never cut: where it is too long, the longest part of it that is whole and
 * fits, and at last `short`, a name of what is wrong. Only where even that has no room does it end in an ellipsis.
 */
export function chooseWords(
  sentence: string,
  short: string | null,
  { maxEm, maxLines }: { maxEm: number; maxLines: number },
): string[] {
  for (const text of [...listWholeParts(sentence), ...(short === null ? [] : [short])]) {
    const lines = wrapText(endSentences(text), maxEm, ANY);
    if (lines.length <= maxLines) return lines;
  }
  return wrapText(endSentences(short ?? sentence), maxEm, maxLines);
}
