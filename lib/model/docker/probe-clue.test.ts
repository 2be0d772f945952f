import { expect, test } from 'vitest';
import { findCheckFlaw, findPassingFlaw, findProbeClue } from './probe-clue.ts';

test.each<[test: string[], kind: string | null]>([
  [['CMD', 'curl -f http://localhost || exit 1'], 'one-text'],
  [['CMD', 'wget -q localhost'], 'one-text'],
  [['CMD', '/usr/bin/curl -f http://localhost'], 'one-text'],
  [['CMD', '/healthcheck'], null],
  [['CMD', '/opt/My App/check'], null],
  [['CMD', 'curl', '-f', `localhost:${'$'}{PORT}`, '||', 'exit', '1'], 'shell-word'],
  [['CMD', 'curl', '-f', `http://localhost:${'$'}{PORT:-80}/`], 'shell-word'],
  [['CMD', 'test', '-f', '/tmp/up', '&&', 'true'], 'shell-word'],
  [['CMD', 'sh', '-c', 'curl -f localhost || exit 1'], null],
  [['CMD', '/bin/bash', '-c', `test ${'$'}{X} = 1 && true`], null],
  [['CMD', 'pg_isready', '-U', 'postgres'], null],
  [['CMD', 'cmd.exe', '/c', 'a && b'], null],
  [['CMD-SHELL', 'curl', '-f', 'http://localhost'], 'lost-words'],
  [['CMD-SHELL', 'curl -f http://localhost || exit 1'], null],
  [['NONE'], null],
  [[], null],
])('%j: %s', (check, kind) => {
  expect(findCheckFlaw(check)?.kind ?? null).toBe(kind);
});

const SHELL = ['CMD-SHELL', 'wget -qO- http://localhost/'];

test.each<[output: string, kind: string | null]>([
  [
    "Connecting to localhost:80 ([::1]:80)\nwget: can't connect to remote host: Connection refused",
    'ipv6-loopback',
  ],
  ['curl: (7) Failed to connect to ::1: Network is unreachable', 'ipv6-loopback'],
  ['connect ECONNREFUSED ::1:3000', 'ipv6-loopback'],
  ['curl: (7) Failed to connect to localhost port 80: Connection refused', null],
  ['Connected to ::1, and it said 503', null],
  ['dial tcp [fe80::1]:80: connect: connection refused', null],
])('%j: %s', (output, kind) => {
  expect(findProbeClue(SHELL, { exitCode: 1, output })?.kind ?? null).toBe(kind);
  expect(findProbeClue(SHELL, { exitCode: 0, output })).toBeNull();
});

test('no check is written so that it takes long to judge', () => {
  const fill = (text: string, start = '') => `${(start + text.repeat(2_000)).slice(0, 1_990)}&!`;
  const hostile = [
    fill(' ', ';echo '),
    fill(' ', 'x; true'),
    fill('\n ', ';echo '),
    fill(';echo '),
    fill('f', 'curl -'),
    fill('curl -f'),
    fill(' ', 'sh -c echo '),
    fill('set -'),
  ];
  for (let count = 0; count < 20; count += 1)
    for (const text of hostile) expect(findPassingFlaw(['CMD-SHELL', text])).toBeNull();
});
