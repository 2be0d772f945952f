import { expect, test } from 'vitest';
import { findNewTroubles, type Noticed } from './find-new-troubles.ts';

/** Looks one after the other: `[seconds, ids]`; gives what was new at each. */
function look(...looks: [seconds: number, ids: string][]): string[] {
  let noticed: Noticed = null;
  return looks.map(([seconds, ids]) => {
    const step = findNewTroubles(noticed, ids.split(' ').filter(Boolean), seconds * 1000);
    noticed = step.noticed;
    return step.fresh.join(' ');
  });
}

test.each([
  ['none at the first look', [[0, 'api web']], ['']],
  [
    'a new one once',
    [
      [0, ''],
      [1, 'api'],
      [2, 'api'],
    ],
    ['', 'api', ''],
  ],
  [
    'two at once',
    [
      [0, 'db'],
      [1, 'db api web'],
    ],
    ['', 'api web'],
  ],
  [
    'flapping is one',
    [
      [0, ''],
      [1, 'api'],
      [10, ''],
      [30, 'api'],
      [60, ''],
      [100, 'api'],
    ],
    ['', 'api', '', '', '', ''],
  ],
  [
    'long gone and back is a new one',
    [
      [0, ''],
      [1, 'api'],
      [2, ''],
      [200, ''],
      [201, 'api'],
    ],
    ['', 'api', '', '', 'api'],
  ],
  [
    'one that lasts for long stays one',
    [
      [0, ''],
      [1, 'api'],
      [500, 'api'],
      [1000, 'api db'],
    ],
    ['', 'api', '', 'db'],
  ],
] as [string, [number, string][], string[]][])('%s', (_what, looks, wanted) => {
  expect(look(...looks)).toEqual(wanted);
});
