/**
 * Sentences quote what a probe printed, or what its check or its container runs, in these places alone: between quotation
 * marks, and as the name of a program. Greedy on purpose: what a program is called may look like the end of it.
 */
const QUOTES: readonly [pattern: RegExp, instead: string][] = [
  [/(could not run): .* is not (?:in the image|executable)/gs, '$1'],
  [/(could not run): no program is called “.*”/gs, '$1'],
  [/(its command cannot start: its (?:user|group)) .* (is not in the image)/gis, '$1 $2'],
  [/(its command cannot start: its working folder) .* (cannot be entered)/gis, '$1 $2'],
  [/(its command) .* (cannot start)/gis, '$1 $2'],
  [/(for the new task of .*, which is [\w-]+), .*\./gs, '$1.'],
  [/“.*”/gs, '“…”'],
];

/** In the place of what somebody may not read. */
export const notShown = '(not shown: for operators)';

/** The same sentence, or several of them, without a word of what containers, their probes and their checks say. */
export function withoutQuotes(text: string): string {
  let unquoted = text;
  for (const [pattern, instead] of QUOTES) unquoted = unquoted.replaceAll(pattern, instead);
  return unquoted;
}
