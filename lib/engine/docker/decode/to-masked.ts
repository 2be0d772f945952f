import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import type { Masker } from './create-masker.ts';
import { readText } from './raw.ts';

/** Longer than any error that Docker writes. */
const MAX_CHARS = 16_384;

/** A text in Docker's words, which may quote a command: cut, without its secrets, and nothing in it hidden. */
export function toMasked(raw: unknown, mask: Masker): string | null {
  const text = readText(raw);
  return text === null ? null : toVisibleText(mask.text(text.slice(0, MAX_CHARS)));
}
