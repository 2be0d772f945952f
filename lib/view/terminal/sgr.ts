/** The eight colours of a terminal, in the order of their codes. */
const ANSI_COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

type AnsiColor = (typeof ANSI_COLORS)[number];

/** How a piece of terminal text looks. Colours are names, for the page's theme to make legible. */
export interface AnsiStyle {
  color: AnsiColor | null;
  background: AnsiColor | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

export const PLAIN_STYLE: AnsiStyle = {
  color: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

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

/** Less colour than this (of 255) is grey. */
const GREY_BELOW = 40;

/** The terminal colour nearest in hue: any colour a program chooses must stay legible in both themes. */
function toAnsiColor(red: number, green: number, blue: number): AnsiColor {
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  if (max - min < GREY_BELOW) return max < 128 ? 'black' : 'white';
  const half = min + (max - min) / 2;
  const index = (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
  return ANSI_COLORS[index] ?? 'white';
}

/** Of the 256: the 16 named ones, a cube of 6 × 6 × 6, and 24 greys. `null`: there is no such. */
function fromPalette(index: number): AnsiColor | null {
  if (!Number.isInteger(index) || index < 0 || index > 255) return null;
  if (index < 16) return ANSI_COLORS[index % 8] ?? null;
  if (index >= 232) return index < 244 ? 'black' : 'white';
  const cube = index - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return toAnsiColor(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}
