import { describe, expect, it } from 'vitest';
import { parseAnsi, plainLine } from './parse-ansi.ts';
import type { AnsiStyle } from './sgr.ts';

const ESC = '\u001b';

/** Only what is not plain. */
function toLooks(style: AnsiStyle): Partial<AnsiStyle> {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== null && value !== false));
}

describe('parseAnsi', () => {
  it.each<[string, string, [string, Partial<AnsiStyle>][]]>([
    ['plain text', 'hello', [['hello', {}]]],
    ['nothing', '', []],
    [
      'a colour and its end',
      `${ESC}[31mred${ESC}[0m plain`,
      [
        ['red', { color: 'red' }],
        [' plain', {}],
      ],
    ],
    [
      'an end without a number',
      `${ESC}[1mb${ESC}[mp`,
      [
        ['b', { bold: true }],
        ['p', {}],
      ],
    ],
    [
      'several at once',
      `${ESC}[1;4;32;41mx`,
      [['x', { bold: true, underline: true, color: 'green', background: 'red' }]],
    ],
    ['bright ones', `${ESC}[93;104mx`, [['x', { color: 'yellow', background: 'blue' }]]],
    [
      'switched off one by one',
      `${ESC}[1;3;31ma${ESC}[22;39mb`,
      [
        ['a', { bold: true, italic: true, color: 'red' }],
        ['b', { italic: true }],
      ],
    ],
    ['one of 256', `${ESC}[38;5;208mx`, [['x', { color: 'yellow' }]]],
    [
      'a grey of 256',
      `${ESC}[38;5;236ma${ESC}[38;5;250mb`,
      [
        ['a', { color: 'black' }],
        ['b', { color: 'white' }],
      ],
    ],
    ['any colour', `${ESC}[38;2;10;200;30mx`, [['x', { color: 'green' }]]],
    ['any colour, with colons', `${ESC}[48:2:10:20:230mx`, [['x', { background: 'blue' }]]],
    ['after any colour, more', `${ESC}[38;2;255;0;0;1mx`, [['x', { color: 'red', bold: true }]]],
    ['a palette that does not exist', `${ESC}[38;5;999mx`, [['x', {}]]],
    ['unknown codes', `${ESC}[77;31mx`, [['x', { color: 'red' }]]],
    ['the other introducer', '\u009b31mx', [['x', { color: 'red' }]]],
    ['inverse, strike and dim', `${ESC}[2;7;9mx`, [['x', { dim: true, inverse: true, strike: true }]]],
    ['cursor and erase commands', `${ESC}[2K${ESC}[1Gx${ESC}[?25l`, [['x', {}]]],
    ['a window title', `${ESC}]0;evil\u0007x`, [['x', {}]]],
    ['a link is its text alone', `${ESC}]8;;https://evil.example${ESC}\\x${ESC}]8;;${ESC}\\`, [['x', {}]]],
    ['markup is text', '<img src=x onerror=alert(1)>', [['<img src=x onerror=alert(1)>', {}]]],
    ['control characters are shown', 'a\0b\bc', [['a␀b␈c', {}]]],
    ['a progress bar shows its returns', '10%\r20%', [['10%␍20%', {}]]],
    ['what reorders or hides text is gone', 'a\u202eb\u2066c\u200bd\ufeff', [['abcd', {}]]],
    ['a cut command', `x${ESC}[3`, [['x', {}]]],
    [
      'a colour in the middle of a word',
      `ab${ESC}[31mcd`,
      [
        ['ab', {}],
        ['cd', { color: 'red' }],
      ],
    ],
  ])('%s', (_, line, expected) => {
    expect(parseAnsi(line).map(({ text, style }) => [text, toLooks(style)])).toEqual(expected);
  });

  it('gives the text alone', () => {
    expect(plainLine(`${ESC}[31mred${ESC}[0m \u202eplain`)).toBe('red plain');
  });
});
