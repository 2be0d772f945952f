import { expect, test } from 'vitest';
import { isCostlyJson } from './is-costly-json.ts';

test.each<[string, boolean]>([
  ['{"a":[{"b":1}]}', false],
  ['[[[[1]]]]', true],
  ['[1,2,3,4,5,6,7,8,9]', true],
  [JSON.stringify({ a: '[[[[[[,,,,,,,,,,,,', b: '\\"[[[[[' }), false],
  ['"[[[[[[[[', false],
  ['', false],
])('%s', (text, expected) => expect(isCostlyJson(text, { maxDepth: 3, maxValues: 8 })).toBe(expected));
