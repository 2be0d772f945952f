const ESC = 0x1b;
const CSI = 0x9b;

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

function skipFromEscape(text: string, start: number): number {
  const introducer = text[start + 1];
  if (introducer === undefined) return start + 1;
  if (introducer === '[') return skipSequence(text, start + 2);
  if (']PX^_'.includes(introducer)) return skipString(text, start + 2);
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) >= 0x20 && text.charCodeAt(at) <= 0x2f) at += 1;
  return text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x7e ? at + 1 : at;
}

/** Where the terminal command that begins at `at` ends; `null` when none begins there. */
export function skipEscape(text: string, at: number): number | null {
  const code = text.charCodeAt(at);
  if (code === ESC) return skipFromEscape(text, at);
  return code === CSI ? skipSequence(text, at + 1) : null;
}
