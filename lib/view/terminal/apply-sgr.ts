import { ANSI_COLORS, type AnsiStyle, PLAIN_STYLE } from './ansi-style.ts';
import { fromPalette, toAnsiColor } from './to-ansi-color.ts';

/** Codes that switch one thing (ECMA-48, "SGR"). */
const SWITCHES: Readonly<Record<number, Partial<AnsiStyle>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { color: null },
  49: { background: null },
};

/** The style after "select graphic rendition" with these parameters (`1;31`). Unknown codes change nothing. */
export function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map((text) => (text === '' ? 0 : Number(text)));
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    const target = code === 38 ? 'color' : 'background';
    if (code === 0) next = PLAIN_STYLE;
    else if (SWITCHES[code]) next = { ...next, ...SWITCHES[code] };
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      next = { ...next, color: ANSI_COLORS[code % 10] ?? null };
    } else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
      next = { ...next, background: ANSI_COLORS[code % 10] ?? null };
    } else if ((code === 38 || code === 48) && codes[at + 1] === 5) {
      next = { ...next, [target]: fromPalette(codes[at + 2] ?? -1) };
      at += 2;
    } else if ((code === 38 || code === 48) && codes[at + 1] === 2) {
      const [red = 0, green = 0, blue = 0] = codes.slice(at + 2, at + 5);
      next = { ...next, [target]: toAnsiColor(red, green, blue) };
      at += 4;
    }
  }
  return next;
}
