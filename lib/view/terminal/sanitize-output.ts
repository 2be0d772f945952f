import { skipEscape } from './skip-escape.ts';

/**
 * Untrusted output as text that is safe and honest to show: colours and terminal commands are taken out, control
 * characters become visible pictures (NUL is ␀), characters that reorder or hide text are removed. Line breaks and tabs
 * stay; line breaks at the end go.
 */
export function sanitizeOutput(text: string): string {
  let shown = '';
  let at = 0;
  while (at < text.length) {
    const end = skipEscape(text, at);
    if (end === null) shown += showCharacter(text, at, text.charCodeAt(at));
    at = end ?? at + 1;
  }
  return shown.trimEnd();
}

const BIDI = new Set([
  0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
]);
const INVISIBLE = new Set([0x00ad, 0x180e, 0x200b, 0x2060, 0xfeff]);

/**
 * The character at `at` as it is safe to show: control characters become visible pictures (NUL is ␀), those that
 * reorder or hide text are removed. Line breaks and tabs stay.
 */
export function showCharacter(text: string, at: number, code: number): string {
  if (code === 0x0d) return text[at + 1] === '\n' ? '' : '\n';
  if (code === 0x09 || code === 0x0a) return text.charAt(at);
  if (code === 0x2028 || code === 0x2029) return '\n';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code < 0xa0 && code > 0x7f) return `\\x${code.toString(16)}`;
  if (BIDI.has(code) || INVISIBLE.has(code)) return '';
  return text.charAt(at);
}
