import { expect, test } from 'vitest';
import { toEvidenceText } from './to-evidence-text.ts';

test.each<[situation: string, output: string, text: string]>([
  ['blank lines and edges', '\n  HTTP 503  \r\n\n', 'HTTP 503'],
  ['terminal colours', '\u001b[31mred\u001b[0m \u001b]0;title\u0007done', 'red done'],
  ['NUL, bell and C1', 'a\u0000b\u0007c\u0085d', 'abcd'],
  ['text that turns the direction', 'abc\u202Etxt.exe', 'abctxt.exe'],
  ['HTML stays text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['bytes that were no UTF-8', 'caf\uFFFD', 'caf\uFFFD'],
  ['only line breaks', '\n\n\n', ''],
  ['four lines at most', 'a\nb\nc\nd\ne', 'a\nb\nc\nd'],
])('%s', (_situation, output, text) => {
  expect(toEvidenceText(output)).toBe(text);
});

test('a megabyte without blanks is cut to 300 characters', () => {
  const text = toEvidenceText('A'.repeat(1_000_000));
  expect(text).toHaveLength(300);
  expect(text.endsWith('…')).toBe(true);
});
