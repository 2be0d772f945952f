import type { Masker } from './create-masker.ts';
import { readText } from './raw.ts';

/** A text in Docker's words, which may quote a command: without its secrets. */
export function toMasked(raw: unknown, mask: Masker): string | null {
  const text = readText(raw);
  return text === null ? null : mask.text(text);
}
