import { describe, expect, it } from 'vitest';
import { maskCommand } from './mask-command.ts';
import { MASK } from './mask-secrets.ts';

describe('masking a command in words', () => {
  it.each([
    [
      ['CMD', 'redis-cli', '-a', 'hunter2', 'ping'],
      ['CMD', 'redis-cli', '-a', MASK, 'ping'],
    ],
    [
      ['CMD', 'mysqladmin', '-phunter2', 'ping'],
      ['CMD', 'mysqladmin', `-p${MASK}`, 'ping'],
    ],
    [
      ['CMD', 'check', '--password', 'two words'],
      ['CMD', 'check', '--password', MASK],
    ],
    [
      ['CMD', 'curl', '-u', 'me:hunter2', 'localhost'],
      ['CMD', 'curl', '-u', `me:${MASK}`, 'localhost'],
    ],
    [
      ['CMD-SHELL', 'PGPASSWORD=hunter2 pg_isready'],
      ['CMD-SHELL', `PGPASSWORD=${MASK} pg_isready`],
    ],
    [
      ['CMD', 'wget', '-q', 'http://localhost/a b'],
      ['CMD', 'wget', '-q', 'http://localhost/a b'],
    ],
    [['NONE'], ['NONE']],
    [[], []],
  ])('%j', (words, masked) => {
    expect(maskCommand(words)).toEqual(masked);
  });
});
