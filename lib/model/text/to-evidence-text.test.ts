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
  [
    'curl’s meter, the error glued to it',
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0curl: (7) Failed to connect to ::1: Network is unreachable\n',
    'curl: (7) Failed to connect to ::1: Network is unreachable',
  ],
  [
    'curl’s meter, the error after a return',
    '  % Total    % Received\n                                 Dload  Upload\n\r  0     0    0\rcurl: (22) The requested URL returned error: 503\n',
    'curl: (22) The requested URL returned error: 503',
  ],
  [
    'curl’s meter before a body',
    '\r100    15  100    15    0     0   3000      0 --:--:-- --:--:-- --:--:--  3750\n{"status":"DOWN"}',
    '{"status":"DOWN"}',
  ],
  [
    'busybox wget’s bar',
    "Connecting to localhost:80 ([::1]:80)\nwget: can't connect to remote host: Connection refused\n",
    "Connecting to localhost:80 ([::1]:80)\nwget: can't connect to remote host: Connection refused",
  ],
  [
    'a bar that moves',
    'writing to stdout\r-                    100% |********************************|    12  0:00:00 ETA\rfailed: 500\n',
    'failed: 500',
  ],
  ['a spinner of backspaces', 'Checking |\b/\b-\b\\\b|\b\u001b[K failed: 500\n', 'Checking  failed: 500'],
  [
    'lines drawn anew',
    'ping...\n\u001b[1A\u001b[2Kping... 1\n\u001b[1A\u001b[2KFAILED: no database\n',
    'FAILED: no database',
  ],
  ['a list drawn anew', 'a\nb\nc\n\u001b[3A\u001b[Jd\ne\n', 'd\ne'],
  ['a cursor that only goes up', 'one\ntwo\n\u001b[2A\u001b[2Bthree\n', 'one\ntwo\nthree'],
  ['a line that is erased', 'loading\u001b[2K\rdone\n', 'done'],
  ['backspaces at the beginning', '\b\b\bno', 'no'],
  ['a box around a word', '┌──────────┐\n│ unhealthy │\n└──────────┘', '│ unhealthy │'],
  ['a return at the end of each line', 'one\r\ntwo\r\n', 'one\ntwo'],
  ['numbers that are no meter', '3 of 5 replicas', '3 of 5 replicas'],
  ['a sum of numbers', '1 2 3 4 5 6', '1 2 3 4 5 6'],
  ['four lines at most', 'a\nb\nc\nd\ne', 'a\nb\nc\nd'],
])('%s', (_situation, output, text) => {
  expect(toEvidenceText(output)).toBe(text);
});

test('a megabyte without blanks is cut to 300 characters', () => {
  const text = toEvidenceText('A'.repeat(1_000_000));
  expect(text).toHaveLength(300);
  expect(text.endsWith('…')).toBe(true);
});
