import { toVisibleName } from '#lib/model/text/show-hidden.ts';

/** A name in an address, as the picture has it: names with hidden characters are found by them too. */
export function readName(segment: string): string {
  try {
    return toVisibleName(decodeURIComponent(segment));
  } catch {
    // `%E0%A4` is a name that nothing has.
    return toVisibleName(segment);
  }
}
