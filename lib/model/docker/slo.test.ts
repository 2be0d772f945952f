import { expect, test } from 'vitest';
import { toSloLabel } from './slo.ts';

const target = (percent: number) => ({ kind: 'target', percent });
const unreadable = { kind: 'unreadable' };

test.each<[string | undefined, object | null]>([
  [undefined, null],
  ['99.9', target(99.9)],
  ['99', target(99)],
  ['99.99999', target(99.99999)],
  ['50', target(50)],
  // Nothing of this is guessed.
  ['', unreadable],
  ['49.9', unreadable],
  ['100', unreadable],
  ['99.9%', unreadable],
  [' 99.9', unreadable],
  ['99,9', unreadable],
  ['0.999', unreadable],
  ['.999', unreadable],
  ['99.', unreadable],
  ['99.999999', unreadable],
  ['+99', unreadable],
  ['9e1', unreadable],
  ['0x63', unreadable],
  ['NaN', unreadable],
  ['three nines', unreadable],
])('vitals.slo=%s', (text, label) => {
  expect(toSloLabel(text === undefined ? { 'vitals.check': 'tcp' } : { 'vitals.slo': text })).toEqual(label);
});

test('a label of another name is none', () => {
  expect(toSloLabel({ 'vitals.slo.web': '99.9', 'VITALS.SLO': '99.9' })).toBeNull();
});
