import { expect, it } from 'vitest';
import { CURRENT_RELEASE, OLD_RELEASE } from './engine-releases.ts';
import { parseEventTime } from './parse-event-time.ts';
import { parseTarget } from './parse-target.ts';

it('takes paths with a version and without', () => {
  expect(parseTarget('/info', OLD_RELEASE)).toMatchObject({ path: '/info', apiVersion: '1.41' });
  const target = parseTarget('/v1.44/containers/json?all=1', CURRENT_RELEASE);
  expect(target).toMatchObject({ path: '/containers/json', apiVersion: '1.44' });
  expect(target.query.get('all')).toBe('1');
});

it('refuses versions in the words of the engine', () => {
  expect(() => parseTarget('/v1.44/info', OLD_RELEASE)).toThrow(
    'client version 1.44 is too new. Maximum supported API version is 1.41',
  );
  expect(() => parseTarget('/v1.9/info', CURRENT_RELEASE)).toThrow(
    'client version 1.9 is too old. Minimum supported API version is 1.24',
  );
});

it.each([
  [null, null],
  ['', null],
  ['1795000000', 1_795_000_000_000],
  ['1795000000.25', 1_795_000_000_250],
  ['2026-11-18T00:26:40Z', Date.parse('2026-11-18T00:26:40Z')],
  ['10m', 400_000],
  ['1m30s', 910_000],
])('reads %s as a time', (text, ms) => expect(parseEventTime(text, 1_000_000)).toBe(ms));

it('refuses what is no time', () => expect(() => parseEventTime('soon', 0)).toThrow('failed to parse'));
