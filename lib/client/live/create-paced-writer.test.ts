import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacedWriter } from './create-paced-writer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const many = (count: number, value: string) =>
  new Map(Array.from({ length: count }, (_, index) => [`key-${index}`, value]));

test('few entries are written at once, many in portions, and the newest value wins', () => {
  const cache = new Map<string, unknown>();
  const written: string[] = [];
  const writer = createPacedWriter((key, value) => {
    cache.set(key, value);
    written.push(key);
  });
  writer.write(many(3, 'a'));
  expect(cache.size).toBe(3);

  writer.write(many(100, 'b'));
  expect(cache.size).toBe(40);
  writer.write(new Map([['key-99', 'c']]));
  expect(cache.get('key-99')).toBe('c');
  vi.runAllTimers();
  expect(cache.size).toBe(100);
  expect(cache.get('key-99')).toBe('c');
  expect(written.filter((key) => key === 'key-99')).toHaveLength(1);
});

test('closed, it writes no more', () => {
  const writeOne = vi.fn();
  const writer = createPacedWriter(writeOne);
  writer.write(many(100, 'a'));
  writer.close();
  vi.runAllTimers();
  expect(writeOne).toHaveBeenCalledTimes(40);
});
