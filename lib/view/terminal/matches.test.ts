import { describe, expect, it } from 'vitest';
import { findMatches, markSegments } from './matches.ts';
import { parseAnsi, plainLine } from './parse-ansi.ts';

const RED = '\u001b[31m';

describe('what is searched for in a line', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', ['nothing']],
    ['GET /cart GET', 'get', ['[GET]', ' /cart ', '[GET]']],
    ['aaaa', 'aa', ['[aa]', '[aa]']],
    ['no', 'yes', ['no']],
    [`ab${RED}cd`, 'bc', ['a', '[b]', '[c]', 'd']],
    [`${RED}whole`, 'whole', ['[whole]']],
    ['İstanbul', 'stanbul', ['[İstanbul]']],
  ])('%s / %s', (line, word, expected) => {
    const marked = markSegments(parseAnsi(line), findMatches(plainLine(line), word));
    expect(marked.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))).toEqual(expected);
    expect(new Set(marked.map(({ start }) => start)).size).toBe(marked.length);
  });
});
