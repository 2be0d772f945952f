/** What V8 takes for an object, a list or a text, and for a member of one, about. */
const VALUE_BYTES = 32;
const MEMBER_BYTES = 8;
/** One letter beyond Latin 1 makes a text take two bytes for each. */
const WIDE = /[^\0-\xff]/;

/**
 * What a decoded value takes of memory while it is kept, in bytes, about: of plain objects, lists and texts. Texts that
 * are shared with others are counted each time.
 */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + value.length * (WIDE.test(value) ? 2 : 1);
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = VALUE_BYTES;
  for (const member of Object.values(value)) bytes += MEMBER_BYTES + weigh(member);
  return bytes;
}
