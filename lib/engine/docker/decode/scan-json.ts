import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from '#lib/model/text/json-codes.ts';

export interface JsonScan {
  /** Where the value ends: behind its last bracket, or before the comma that follows; `to` when nothing ends it. */
  end: number;
  /** Why it should not be parsed; `null`: nothing speaks against it. */
  excess: 'depth' | 'elements' | null;
}

/**
 * Looks at JSON without parsing it, in one pass that allocates nothing: how deep it is and how many values and names it
 * holds, from `from` to the end of the value that begins there. Whether it is JSON at all is not looked at.
 */
export function scanJson(
  bytes: Uint8Array,
  from: number,
  to: number,
  { maxDepth, maxElements }: { maxDepth: number; maxElements: number },
): JsonScan {
  let depth = 0;
  let elements = 1;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at += 1;
      for (; at < to; at += 1) {
        const inside = bytes[at];
        if (inside === QUOTE) break;
        if (inside === BACKSLASH) at += 1;
      }
    } else if (byte === COMMA) {
      if (depth === 0) return { end: at, excess: null };
      elements += 1;
      if (elements > maxElements) return { end: at, excess: 'elements' };
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      elements += 1;
      if (depth > maxDepth) return { end: at, excess: 'depth' };
      if (elements > maxElements) return { end: at, excess: 'elements' };
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth <= 0) return { end: depth === 0 ? at + 1 : at, excess: null };
    }
  }
  return { end: to, excess: null };
}
