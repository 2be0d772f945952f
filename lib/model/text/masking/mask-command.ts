import { WORD_BREAK } from './fold-text.ts';
import { findAllSecrets, MASK, MAX_MASKED_CHARS, type MaskPattern } from './mask-secrets.ts';

const BREAK = String.fromCharCode(WORD_BREAK);
/** More words than any command has. */
const MAX_WORDS = 10_000;

/** A command in words, as `HEALTHCHECK CMD ["redis-cli", "-a", "…"]` has it: a secret may be a word of its own. */
export function maskCommand(words: readonly string[], more: readonly MaskPattern[] = []): string[] {
  const kept: string[] = [];
  let chars = 0;
  for (const word of words.slice(0, MAX_WORDS)) {
    if (chars + word.length > MAX_MASKED_CHARS) {
      // A word that is cut off hides its secret to its end, as everything does.
      kept.push(word.slice(0, Math.max(0, MAX_MASKED_CHARS - chars)));
      break;
    }
    kept.push(word.replaceAll(BREAK, ' '));
    chars += word.length + 1;
  }
  const spans = findAllSecrets(kept.join(BREAK), more, true);
  if (spans.length === 0) return kept;
  return replaceInWords(kept, spans);
}

/** What is hidden of each word; what reaches over words hides the rest of each. */
function replaceInWords(words: readonly string[], spans: readonly number[]): string[] {
  let index = 0;
  let start = 0;
  return words.map((word) => {
    const end = start + word.length;
    let result = '';
    let at = start;
    while (index + 1 < spans.length && (spans[index] ?? 0) < end) {
      const from = Math.max(at, spans[index] ?? 0);
      const until = spans[index + 1] ?? 0;
      result += word.slice(at - start, from - start) + MASK;
      at = Math.min(until, end);
      if (until > end) break;
      index += 2;
    }
    result += word.slice(at - start);
    while (index + 1 < spans.length && (spans[index + 1] ?? 0) <= end + 1) index += 2;
    start = end + 1;
    return result;
  });
}
