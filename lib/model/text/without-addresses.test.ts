import { expect, test } from 'vitest';
import { withoutAddresses } from '#lib/model/text/without-addresses.ts';

test.each([
  [
    'tcp://10.0.0.5:2375 did not answer /_ping in full within 1.5 s.',
    '… did not answer /_ping in full within 1.5 s.',
  ],
  ['Cannot reach Docker at https://docker01.example:2376: refused.', 'Cannot reach Docker at …: refused.'],
  ['The engine (unix:///run/docker.sock) is gone.', 'The engine (…) is gone.'],
  ['dial tcp 10.0.0.5:2375: connect: no route to host', 'dial tcp …: connect: no route to host'],
  ['dial tcp [fd00::5]:2375: i/o timeout', 'dial tcp …: i/o timeout'],
  ['docker02 took 1.5 s, 2 of 3 times.', 'docker02 took 1.5 s, 2 of 3 times.'],
])('to whom stacks limit, where an engine is, is not said: %s', (text, expected) => {
  expect(withoutAddresses(text)).toBe(expected);
});
