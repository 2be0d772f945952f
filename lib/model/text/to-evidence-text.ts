import { takeBack, toPrintedLines } from './to-printed-lines.ts';

const MAX_CHARACTERS = 300;
const MAX_LINES = 4;
/** What Docker, containerd and runc say one after the other ends with why: of a long one its beginning and its end are kept. */
const CHAIN =
  /^(?:starting container failed|failed to create|OCI runtime|error creating|error while|network sandbox)/i;
const HEAD_CHARACTERS = 100;
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
  const lines = toPrintedLines(
    takeBack(output.slice(0, MAX_READ)).replace(TERMINAL, '').replace(CONTROL, ''),
  );
  const text = lines.slice(0, MAX_LINES).join('\n');
  if (text.length <= MAX_CHARACTERS) return text;
  if (CHAIN.test(text) && !text.includes('\n'))
    return `${text.slice(0, HEAD_CHARACTERS).trimEnd()} … ${text.slice(HEAD_CHARACTERS + 3 - MAX_CHARACTERS).trimStart()}`;
  return `${text.slice(0, MAX_CHARACTERS - 1).trimEnd()}…`;
}
