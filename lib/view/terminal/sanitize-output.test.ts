import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeOutput } from './sanitize-output.ts';

describe('sanitizeOutput', () => {
  test.each([
    ['plain text', 'ok', 'ok'],
    ['line breaks and tabs stay, those at the end go', 'a\n\tb\n\n', 'a\n\tb'],
    ['CRLF and lone CR', 'a\r\nb\rc', 'a\nb\nc'],
    ['markup is text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['colours', '\u001b[31;1mred\u001b[0m plain', 'red plain'],
    ['cursor and private sequences', '\u001b[2J\u001b[?25lx\u001b[1;1H', 'x'],
    ['a window title', '\u001b]0;owned\u0007x', 'x'],
    ['a link', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['an open string ends with its line', '\u001b]0;owned\nnext', '\nnext'],
    ['an escape at the end', 'x\u001b', 'x'],
    ['a cut sequence', 'x\u001b[31', 'x'],
    ['charset selection', '\u001b(Bx', 'x'],
    ['8-bit introducer', '\u009b31mred', 'red'],
    ['NUL and bell are shown', 'a\u0000b\u0007', 'a␀b␇'],
    ['DEL', 'a\u007fb', 'a␡b'],
    ['C1', 'a\u0085b', 'a\\x85b'],
    ['bidirectional overrides go', 'a\u202eb\u2066c\u200f', 'abc'],
    ['invisible characters go', 'a\u200bb\ufeffc', 'abc'],
    ['line separators', 'a\u2028b', 'a\nb'],
    ['the replacement character stays', 'a\ufffdb', 'a\ufffdb'],
    ['other scripts and emoji stay', 'größe 健康 💚', 'größe 健康 💚'],
    ['empty', '', ''],
  ])('%s', (_name, given, shown) => expect(sanitizeOutput(given)).toBe(shown));

  test('whatever comes, no control character but line break and tab comes out, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = sanitizeOutput(text);
        const isControl = (code: number) =>
          (code < 0x20 && code !== 0x09 && code !== 0x0a) || (code > 0x7e && code < 0xa0);
        expect([...shown].some((character) => isControl(character.charCodeAt(0)))).toBe(false);
        expect(sanitizeOutput(shown)).toBe(shown);
      }),
    );
  });

  test('4 kB of escapes take no time worth speaking of', () => {
    const started = performance.now();
    sanitizeOutput('\u001b]'.repeat(2048));
    sanitizeOutput('\u001b['.repeat(2048));
    expect(performance.now() - started).toBeLessThan(100);
  });
});
