import { toVisibleName } from '#lib/model/text/show-hidden.ts';

/** A name in an address, as the picture has it: names with hidden characters are found by them too. */
export const readName = (segment: string): string => toVisibleName(decodeURIComponent(segment));
