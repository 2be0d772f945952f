import { ANSI_COLORS, type AnsiColor } from './ansi-style.ts';

/** Less colour than this (of 255) is grey. */
const GREY_BELOW = 40;

/** The terminal colour nearest in hue: any colour a program chooses must stay legible in both themes. */
export function toAnsiColor(red: number, green: number, blue: number): AnsiColor {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least < GREY_BELOW) return most < 128 ? 'black' : 'white';
  const half = least + (most - least) / 2;
  const index = (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
  return ANSI_COLORS[index] ?? 'white';
}

/** Of the 256: the 16 named ones, a cube of 6 × 6 × 6, and 24 greys. `null`: there is no such. */
export function fromPalette(index: number): AnsiColor | null {
  if (!Number.isInteger(index) || index < 0 || index > 255) return null;
  if (index < 16) return ANSI_COLORS[index % 8] ?? null;
  if (index >= 232) return index < 244 ? 'black' : 'white';
  const cube = index - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return toAnsiColor(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}
