const ESC = 0x1b;
const CSI = 0x9b;
const BIDI = new Set([
  0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
]);
const INVISIBLE = new Set([0x00ad, 0x180e, 0x200b, 0x2060, 0xfeff]);

/** Where the control sequence that begins at `start` (at its final introducer) ends; parameters, then one final byte. */
function skipSequence(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) >= 0x20 && text.charCodeAt(at) <= 0x3f) at += 1;
  return at < text.length && text.charCodeAt(at) >= 0x40 && text.charCodeAt(at) <= 0x7e ? at + 1 : at;
}

/** Where a string sequence (a window title, a link) ends: at BEL, at ESC \, or at the end of its line. */
function skipString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x07) return at + 1;
    if (code === ESC) return text[at + 1] === '\\' ? at + 2 : at;
    if (code === 0x0a) return at;
  }
  return text.length;
}

function skipEscape(text: string, start: number): number {
  const introducer = text[start + 1];
  if (introducer === undefined) return start + 1;
  if (introducer === '[') return skipSequence(text, start + 2);
  if (']PX^_'.includes(introducer)) return skipString(text, start + 2);
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) >= 0x20 && text.charCodeAt(at) <= 0x2f) at += 1;
  return text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x7e ? at + 1 : at;
}

function showCharacter(text: string, at: number, code: number): string {
  if (code === 0x0d) return text[at + 1] === '\n' ? '' : '\n';
  if (code === 0x09 || code === 0x0a) return text.charAt(at);
  if (code === 0x2028 || code === 0x2029) return '\n';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code < 0xa0 && code > 0x7f) return `\\x${code.toString(16)}`;
  if (BIDI.has(code) || INVISIBLE.has(code)) return '';
  return text.charAt(at);
}

/**
 * Untrusted output as text that is safe and honest to show: colours and terminal commands are taken out, control
 * characters become visible pictures (NUL is ␀), characters that reorder or hide text are removed. Line breaks and tabs
 * stay; line breaks at the end go.
 */
export function sanitizeOutput(text: string): string {
  let shown = '';
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === ESC) at = skipEscape(text, at);
    else if (code === CSI) at = skipSequence(text, at + 1);
    else {
      shown += showCharacter(text, at, code);
      at += 1;
    }
  }
  return shown.trimEnd();
}
