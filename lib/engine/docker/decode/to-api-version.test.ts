import { describe, expect, it } from 'vitest';
import { toApiVersion } from './to-api-version.ts';

describe('toApiVersion', () => {
  it.each([
    ['20.10', '1.41', '1.12', '1.41'],
    ['28.5', '1.51', '1.24', '1.51'],
    ['29.0', '1.52', '1.44', '1.52'],
    ['29.7', '1.55', '1.40', '1.52'],
    ['without a minimum', '1.60', undefined, null],
    ['without a minimum, older', '1.45', undefined, '1.45'],
  ])('engine %s', (_, max, min, expected) => {
    const version = () => toApiVersion({ ApiVersion: max, MinAPIVersion: min }, 'tcp://h:1');
    if (expected === null) expect(version).toThrow(expect.objectContaining({ kind: 'version' }));
    else expect(version()).toBe(expected);
  });

  it.each([
    ['too old', { ApiVersion: '1.40', MinAPIVersion: '1.12' }, 'version'],
    ['old by number, not by text', { ApiVersion: '1.9', MinAPIVersion: '1.9' }, 'version'],
    ['too new', { ApiVersion: '1.70', MinAPIVersion: '1.60' }, 'version'],
    ['not Docker', { version: 'x' }, 'garbled'],
    ['null', null, 'garbled'],
    ['a list', [], 'garbled'],
    ['a number', { ApiVersion: 1.41 }, 'garbled'],
  ])('%s', (_, raw, kind) => {
    expect(() => toApiVersion(raw, 'tcp://h:1')).toThrow(expect.objectContaining({ kind }));
  });
});
