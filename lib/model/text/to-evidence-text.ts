import { toPrintedLines } from './to-printed-lines.ts';

const MAX_CHARACTERS = 300;
const MAX_LINES = 4;
/** More than Docker keeps of a probe's output (4,096 bytes). */
const MAX_READ = 8_192;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what is taken out
const TERMINAL = /\u001b(?:\[[0-?]{0,64}[ -/]{0,16}[@-~]|\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)|[@-_])/g;
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: so are the other control characters, but for tab, newline and carriage return
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Untrusted output as evidence: what a terminal would have left of it, without meters of progress, control and direction
 * characters, its first lines, at most 300 characters.
 */
export function toEvidenceText(output: string): string {
  const lines = toPrintedLines(output.slice(0, MAX_READ).replace(TERMINAL, '').replace(CONTROL, ''));
  const text = lines.slice(0, MAX_LINES).join('\n');
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1).trimEnd()}…` : text;
}
