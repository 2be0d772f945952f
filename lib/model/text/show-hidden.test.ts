import { describe, expect, it } from 'vitest';
import { toVisibleName, toVisibleText } from './show-hidden.ts';

describe('names that hide something', () => {
  it.each([
    ['web', 'web'],
    ['größe-東京', 'größe-東京'],
    ['gpj\u202e.exe', 'gpj[U+202E].exe'],
    ['a\u2066b\u2069', 'a[U+2066]b[U+2069]'],
    ['web\u200b', 'web[U+200B]'],
    ['web\ufeff', 'web[U+FEFF]'],
    ['a\u0000b\u001b[31m', 'a[U+0000]b[U+001B][31m'],
    ['a\u0085b', 'a[U+0085]b'],
    ['a\nb\u2028c\u2029', 'a[U+000A]b[U+2028]c[U+2029]'],
    ['\u{e0041}x', '[U+E0041]x'],
    ['a\ud800b', 'a[U+D800]b'],
    ['\udd15 🔔', '[U+DD15] 🔔'],
  ])('%j is shown as %s', (name, shown) => {
    expect(toVisibleName(name)).toBe(shown);
  });

  it('stay different when they are', () => {
    const names = ['web', 'web\u200b', 'web\u200c', '\u202eweb'];
    expect(new Set(names.map(toVisibleName)).size).toBe(names.length);
  });

  it('are bounded', () => {
    expect(toVisibleName('a'.repeat(10_000))).toHaveLength(512);
    expect(toVisibleName('🔔'.repeat(10_000)).isWellFormed()).toBe(true);
    expect(toVisibleName(`a${'🔔'.repeat(10_000)}`).isWellFormed()).toBe(true);
  });

  it('keep the breaks of a text', () => {
    expect(toVisibleText('one\n\ttwo\u202e\u0007\ud800')).toBe('one\n\ttwo[U+202E][U+0007][U+D800]');
  });
});
