import { expect } from 'vitest';

/** A fact that is not known leaves no hole, no blank too many and no `undefined`. */
export function expectWhole(text: string): void {
  expect(text).toMatch(/^\S.*\S$/);
  expect(text).toMatch(/[.?]$/);
  expect(text.replaceAll('::1', 'x')).not.toMatch(/ {2}|undefined|null|NaN|\[object|\(\)|[.,;:]{2}| [.,;)]/);
  expect(text.length).toBeLessThan(600);
}
