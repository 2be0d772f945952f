const MAX_CHARACTERS = 300;
const MAX_LINES = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what is taken out
const TERMINAL = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: so are the other control characters, but for tab and newline
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Untrusted output as evidence: without control and direction characters, its first lines, at most 300 characters. */
export function toEvidenceText(output: string): string {
  const lines = output
    .slice(0, 4 * MAX_CHARACTERS)
    .replace(TERMINAL, '')
    .replace(CONTROL, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const text = lines.slice(0, MAX_LINES).join('\n');
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1).trimEnd()}…` : text;
}
