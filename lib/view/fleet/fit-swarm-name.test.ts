import { expect, test } from 'vitest';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { fitSwarmName, GLYPH_EM } from './fit-swarm-name.ts';

const SIZE = { maxPx: 30, minPx: 22 };
const LONGEST = 'frankfurt-rechenzentrum-ost-hardware-001';

test('a short name is as large as it should be', () => {
  expect(fitSwarmName('prod', 400, SIZE)).toEqual({ lines: ['prod'], fontPx: 30 });
});

test('one that is a little too long is smaller, on one line', () => {
  const { lines, fontPx } = fitSwarmName('eu-west-production', 300, SIZE);
  expect(lines).toEqual(['eu-west-production']);
  expect(fontPx).toBeGreaterThanOrEqual(22);
  expect(fontPx).toBeLessThan(30);
});

test('a long one is broken after its hyphens', () => {
  expect(fitSwarmName(LONGEST, 320, SIZE)).toEqual({
    lines: ['frankfurt-', 'rechenzentrum-ost-', 'hardware-001'],
    fontPx: 22,
  });
});

test.each([240, 260, 300, 340, 400, 480, 700])(
  'the longest is whole, and no line too wide, in %i px',
  (widthPx) => {
    for (const name of [LONGEST, 'a'.repeat(40)]) {
      const { lines, fontPx } = fitSwarmName(name, widthPx, SIZE);
      expect(lines.join('')).toBe(name);
      for (const line of lines)
        expect((measureText(line) + GLYPH_EM) * fontPx).toBeLessThanOrEqual(widthPx + 1);
    }
  },
);
