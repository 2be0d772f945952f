import { expect, test } from 'vitest';
import { findAsk, parseCheckAsk, toCheckLabels } from './port-check.ts';

test.each([
  ['tcp', { kind: 'tcp' }],
  [' off ', { kind: 'off' }],
  ['tls', { kind: 'tls' }],
  ['http:/health?deep=1', { kind: 'http', path: '/health?deep=1' }],
  ['http:/', { kind: 'http', path: '/' }],
  // A host, a scheme that is another, and whatever would end the request's line are no path.
  ['http://169.254.169.254/latest', null],
  ['http:', null],
  ['http:/a\r\n', { kind: 'http', path: '/a' }],
  ['HTTP:/Health', { kind: 'http', path: '/Health' }],
  ['http:health', null],
  ['https:/health', null],
  ['http:/a b', null],
  ['http:/a\r\nHost: evil', null],
  ['http:/ä', null],
  [`http:/${'x'.repeat(300)}`, null],
  ['TCP', { kind: 'tcp' }],
  ['Off', { kind: 'off' }],
  ['tcp:', null],
  ['offside', null],
  ['', null],
])('the label %j asks for %j', (text, expected) => {
  expect(parseCheckAsk(text)).toEqual(expected);
});

test('a label of one port comes before that of the service, and other labels are none', () => {
  const labels = toCheckLabels({
    'vitals.check': 'http:/health',
    'vitals.check.9000': 'tcp',
    'vitals.check.9001': 'off',
    'vitals.check.0': 'off',
    'vitals.checks': 'off',
    'vitals.check.9002': 'ftp',
  });
  expect([8080, 9000, 9001, 9002].map((port) => findAsk(labels, port).kind)).toEqual([
    'http',
    'tcp',
    'off',
    'http',
  ]);
  expect(findAsk([], 8080)).toEqual({ kind: 'tcp' });
  expect(labels.filter(({ ask }) => ask.kind === 'unreadable').map(({ port }) => port)).toEqual([9002]);
});
