import { readSecret } from './read-secret.ts';

/** Patterns in one variable: `;;` hardly ever stands in one, and a file has a line for each. */
const SEPARATOR = /;;|\r?\n/;

/**
 * `VITALS_MASK` or the file of `VITALS_MASK_FILE`: regular expressions for what is masked besides the obvious secrets.
 *
 * @returns `null` for `off`: nothing is masked
 */
export function parseMask(get: (name: string) => string | null, problems: string[]): RegExp[] | null {
  const text = readSecret('VITALS_MASK', get, problems);
  if (text?.toLowerCase() === 'off') return null;
  const sources = (text ?? '').split(SEPARATOR).map((source) => source.trim());
  return sources.filter((source) => source !== '').flatMap((source) => toPattern(source, problems));
}

function toPattern(source: string, problems: string[]): RegExp[] {
  try {
    const pattern = new RegExp(source, 'g');
    if (!pattern.test('')) return [new RegExp(source, 'g')];
    problems.push(`VITALS_MASK: the pattern ${source} matches an empty text, and so everywhere.`);
  } catch (error) {
    problems.push(`VITALS_MASK: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return [];
}
