import { expect, it } from 'vitest';
import { readName } from './read-name.ts';

it.each([
  ['shop_api', 'shop_api'],
  ['a%20b', 'a b'],
  ['a%E2%80%AEb', 'a[U+202E]b'],
  ['%E0%A4', '%E0%A4'],
  ['%', '%'],
])('reads %s as %s', (segment, name) => {
  expect(readName(segment)).toBe(name);
});
