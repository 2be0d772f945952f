import { describe, expect, test } from 'vitest';
import { type KeyAction, type KeyPress, toKeyAction } from './to-key-action.ts';

const TARGETS = [
  { key: 'o', href: '/' },
  { key: 'n', href: '/nodes' },
  { key: 'w', href: '/wall' },
  { href: '/keyless' },
];
const plain = { command: false, alt: false, typing: false, afterG: false };

const CASES: [what: string, press: Partial<KeyPress> & { key: string }, action: KeyAction | null][] = [
  ['a slash searches', { key: '/' }, { kind: 'search' }],
  ['so does Ctrl K', { key: 'k', command: true }, { kind: 'search' }],
  ['also with caps lock', { key: 'K', command: true }, { kind: 'search' }],
  ['also while typing', { key: 'k', command: true, typing: true }, { kind: 'search' }],
  ['Ctrl N is the browser’s', { key: 'n', command: true }, null],
  ['k alone is nothing', { key: 'k' }, null],
  ['a question mark', { key: '?' }, { kind: 'shortcuts' }],
  ['the next problem', { key: 'n' }, { kind: 'problem', step: 1 }],
  ['the one before', { key: 'p' }, { kind: 'problem', step: -1 }],
  ['letters are text in a field', { key: 'n', typing: true }, null],
  ['and so is a slash', { key: '/', typing: true }, null],
  ['alt is for the browser', { key: 'n', alt: true }, null],
  ['g waits for another', { key: 'g' }, { kind: 'await' }],
  ['g o', { key: 'o', afterG: true }, { kind: 'go', href: '/' }],
  ['g n is no problem', { key: 'n', afterG: true }, { kind: 'go', href: '/nodes' }],
  ['g p is the problem before', { key: 'p', afterG: true }, { kind: 'problem', step: -1 }],
  ['w is the wall', { key: 'w' }, { kind: 'go', href: '/wall' }],
  ['g x is nothing', { key: 'x', afterG: true }, null],
  ['o alone is nothing', { key: 'o' }, null],
  ['Enter is nothing', { key: 'Enter' }, null],
];

describe('what a key does', () => {
  test.each(CASES)('%s', (_what, press, action) => {
    expect(toKeyAction({ ...plain, ...press }, TARGETS)).toEqual(action);
  });
  test('w without a wall is nothing', () => expect(toKeyAction({ ...plain, key: 'w' }, [])).toBeNull());
});
