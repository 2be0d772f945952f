/** Where a word occurs in a text: begin and end of each, never overlapping. Upper and lower case are the same. */
export type Match = readonly [from: number, to: number];

export function findMatches(text: string, word: string): Match[] {
  if (word === '') return [];
  const matches: Match[] = [];
  const haystack = text.toLowerCase();
  const needle = word.toLowerCase();
  // Where lower case is longer than upper case, places would not fit: better none marked than the wrong ones.
  if (haystack.length !== text.length) return haystack.includes(needle) ? [[0, text.length]] : [];
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    matches.push([at, at + needle.length]);
  }
  return matches;
}
