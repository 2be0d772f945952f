import type { AnsiSegment } from './parse-ansi.ts';

/** Where a word occurs in a text: begin and end of each, never overlapping. Upper and lower case are the same. */
type Match = readonly [from: number, to: number];

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

export interface MarkedSegment extends AnsiSegment {
  marked: boolean;
  /** Where it begins in the line. */
  start: number;
}

/** Cuts the segments of a line so that each is either within a match or outside of all. */
export function markSegments(segments: readonly AnsiSegment[], matches: readonly Match[]): MarkedSegment[] {
  const marked: MarkedSegment[] = [];
  let start = 0;
  for (const { text, style } of segments) {
    const cuts = new Set([0, text.length]);
    for (const edge of matches.flat()) if (edge > start && edge < start + text.length) cuts.add(edge - start);
    const edges = [...cuts].sort((a, b) => a - b);
    for (let at = 0; at + 1 < edges.length; at += 1) {
      const from = edges[at] ?? 0;
      const to = edges[at + 1] ?? text.length;
      const isMarked = matches.some(([begin, end]) => start + from >= begin && start + to <= end);
      marked.push({ text: text.slice(from, to), style, marked: isMarked, start: start + from });
    }
    start += text.length;
  }
  return marked;
}
