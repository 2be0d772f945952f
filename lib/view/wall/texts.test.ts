import { assert, constantFrom, integer, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureText } from './measure-text.ts';
import { shortenText } from './shorten-text.ts';
import { wrapText } from './wrap-text.ts';

const anyText = oneof(
  string({ unit: 'grapheme', maxLength: 200 }),
  string({ maxLength: 200 }),
  constantFrom(
    '',
    '   ',
    'a'.repeat(300),
    '👩‍👩‍👧‍👦'.repeat(40),
    'مرحبا بالعالم '.repeat(20),
    'ä̈'.repeat(90),
  ),
);

describe('shortenText', () => {
  test.each([
    ['shop_checkout', 20, 'ends', 'shop_checkout'],
    ['prod-eu-west_checkout-worker-blue', 10, 'ends', 'prod-eu-…r-blue'],
    ['Replica 2 failed four probes in a row', 10, 'start', 'Replica 2 failed f…'],
  ] as const)('%s in %d em, %s kept', (text, maxEm, keep, expected) => {
    expect(shortenText(text, maxEm, { keep })).toBe(expected);
  });

  test('is never wider than allowed, whatever the text', () => {
    assert(
      property(anyText, integer({ min: 8, max: 60 }), constantFrom('ends', 'start'), (text, maxEm, keep) => {
        const short = shortenText(text, maxEm, { keep: keep as 'ends' | 'start' });
        expect(measureText(short)).toBeLessThanOrEqual(maxEm);
      }),
    );
  });
});

describe('wrapText', () => {
  test.each([
    ['No node can take it: insufficient memory', 14, 3, ['No node can take it:', 'insufficient memory']],
    ['registry.example.com/team/service', 12, 3, ['registry.example.com/', 'team/service']],
    ['one two three four five six', 6, 2, ['one two', 'three fou…']],
    ['Failed 4 times in 1 min 2 s', 11, 3, ['Failed 4 times in', '1 min 2 s']],
    ['It fails. 12 replicas are lost', 5, 5, ['It fails. 12', 'replicas', 'are lost']],
    ['', 10, 2, []],
    ['anything', 10, 0, []],
  ] as const)('%s in %d em and %d lines', (text, maxEm, maxLines, expected) => {
    expect(wrapText(text, maxEm, maxLines)).toEqual(expected);
  });

  test('no line is wider than allowed and there are never more of them, whatever the text', () => {
    assert(
      property(
        anyText,
        integer({ min: 8, max: 60 }),
        integer({ min: 1, max: 5 }),
        (text, maxEm, maxLines) => {
          const lines = wrapText(text, maxEm, maxLines);
          expect(lines.length).toBeLessThanOrEqual(maxLines);
          for (const line of lines) expect(measureText(line)).toBeLessThanOrEqual(maxEm + 1.5);
        },
      ),
    );
  });

  test('nothing is left out without an ellipsis', () => {
    assert(
      property(string({ maxLength: 120 }), integer({ min: 3, max: 40 }), (text, maxEm) => {
        const bare = (some: string) => some.replace(/\s+/g, '');
        const lines = wrapText(text, maxEm, 3);
        if (!lines.join('').includes('…')) expect(bare(lines.join(''))).toBe(bare(text));
      }),
    );
  });
});
