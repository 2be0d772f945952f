import { expect, test } from 'vitest';
import { z } from 'zod';
import { loosen } from './loosen.ts';

const schema = loosen(
  z.strictObject({
    word: z.enum(['healthy', 'failing']),
    count: z.int().min(1),
    name: z.string().min(1).nullable(),
    list: z
      .array(z.strictObject({ id: z.string() }))
      .max(2)
      .readonly(),
    one: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a'), deep: z.strictObject({ x: z.number() }) }),
      z.strictObject({ kind: z.literal('b') }),
    ]),
  }),
);
const good = {
  word: 'healthy',
  count: 1,
  name: null,
  list: [{ id: '1' }],
  one: { kind: 'a', deep: { x: 1 } },
};

test('fields that are new are dropped, however deep they lie', () => {
  const newer = {
    ...good,
    more: 1,
    list: [{ id: '1', more: 1 }],
    one: { kind: 'a', deep: { x: 1, more: 1 }, more: 1 },
  };
  expect(schema.parse(newer)).toEqual(good);
});

test('what is out of bounds is read, what is another kind of thing is not', () => {
  expect(schema.parse({ ...good, count: 0, name: '' })).toMatchObject({ count: 0, name: '' });
  const bad = [
    { word: 'splendid' },
    { word: undefined },
    { count: '1' },
    { count: Number.NaN },
    { list: {} },
    { list: [null] },
    { one: { kind: 'c' } },
    { one: { kind: 'a' } },
  ];
  for (const one of bad)
    expect(schema.safeParse({ ...good, ...one }).success, JSON.stringify(one)).toBe(false);
});
