import { BACKSLASH, CLOSE_LIST, CLOSE_OBJECT, COMMA, OPEN_LIST, OPEN_OBJECT, QUOTE } from './json-codes.ts';

/**
 * Is JSON deeper than that, or does it hold more values? What is deep cannot be copied to another thread, and ten million
 * empty lists, which are 20 MB, hold a thread for seconds. Whether it is JSON at all is not looked at.
 */
export function isCostlyJson(
  text: string,
  { maxDepth, maxValues }: { maxDepth: number; maxValues: number },
): boolean {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = findQuote(text, at + 1);
    else if (code === COMMA) values += 1;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      values += 1;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    if (depth > maxDepth || values > maxValues) return true;
  }
  return false;
}

/** Where the text ends that begins there. */
function findQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
