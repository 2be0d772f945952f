import { RE2JS } from 're2js';
import type { MaskPattern } from '#lib/model/text/masking/mask-secrets.ts';
import type { Settings } from './read-settings.ts';

/** Patterns in one variable: `;;` hardly ever stands in one, and a file has a line for each. */
const SEPARATOR = /;;|\r?\n/;

const MAX_PATTERNS = 64;
const MAX_PATTERN_CHARS = 1_000;
/** Instructions of all patterns together: what one character of a text can cost at most. */
const MAX_INSTRUCTIONS = 1_000;
/** Steps that the patterns may take over one text besides looking through it once. */
const MAX_STEPS = 20_000_000;

/**
 * `VITALS_MASK` or the file of `VITALS_MASK_FILE`: regular expressions for what is masked besides the obvious secrets.
 * They run on RE2, whose time grows with the text alone; look-around and back references, which need more, are refused.
 *
 * @returns `null` for `off`: nothing is masked
 */
export function parseMask(settings: Settings, problems: string[]): MaskPattern[] | null {
  const text = settings.secret('VITALS_MASK');
  if (text?.toLowerCase() === 'off') return null;
  const sources = (text ?? '')
    .split(SEPARATOR)
    .map((source) => source.trim())
    .filter((source) => source !== '');
  if (sources.length > MAX_PATTERNS) {
    problems.push(`VITALS_MASK: ${sources.length} patterns are too many; ${MAX_PATTERNS} are allowed.`);
    return [];
  }
  const compiled = sources.flatMap((source) => compile(source, problems));
  const instructions = compiled.reduce((sum, pattern) => sum + pattern.programSize(), 0);
  if (instructions > MAX_INSTRUCTIONS) {
    problems.push(
      `VITALS_MASK: the patterns are too large (${instructions} steps a character, ${MAX_INSTRUCTIONS} are allowed): use smaller repeat counts.`,
    );
    return [];
  }
  return compiled.map((pattern) => toMaskPattern(pattern, MAX_STEPS / Math.max(1, instructions)));
}

function compile(source: string, problems: string[]): RE2JS[] {
  const shown = source.length > 60 ? `${source.slice(0, 60)}…` : source;
  if (source.length > MAX_PATTERN_CHARS) {
    problems.push(`VITALS_MASK: the pattern ${shown} has more than ${MAX_PATTERN_CHARS} characters.`);
    return [];
  }
  if (/\(\?<?[=!]/.test(source)) {
    problems.push(
      `VITALS_MASK: the pattern ${shown} looks ahead or behind, which can take for ever: leave that out.`,
    );
    return [];
  }
  if (/\\[1-9]|\\k</.test(source)) {
    problems.push(
      `VITALS_MASK: the pattern ${shown} refers back to a group, which can take for ever: leave that out.`,
    );
    return [];
  }
  try {
    const pattern = RE2JS.compile(source);
    if (!pattern.matcher('').find()) return [pattern];
    problems.push(`VITALS_MASK: the pattern ${shown} matches an empty text, and so everywhere.`);
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    problems.push(`VITALS_MASK: the pattern ${shown} is no regular expression of RE2: ${reason}.`);
  }
  return [];
}

/**
 * Each match may have to look through the whole rest of a text (`a.*b|a`): after as many as the steps allow, all that
 * follows is hidden.
 */
function toMaskPattern(pattern: RE2JS, maxSteps: number): MaskPattern {
  return {
    find(text) {
      const spans: number[] = [];
      const maxMatches = Math.max(16, Math.floor(maxSteps / Math.max(1, text.length)));
      const matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) spans.push(matcher.start(), matcher.end());
        if (spans.length < 2 * maxMatches) continue;
        spans.push(matcher.end(), text.length);
        break;
      }
      return spans;
    },
  };
}
