import { expect, test } from 'vitest';
import { z } from 'zod';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { swarmEventSchema } from './history-schema.ts';
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

test('a name that turns the text around it is written out; what a program wrote keeps its colours', () => {
  const shown = loosen(
    z.strictObject({ name: z.string().min(1), output: z.string(), labels: z.record(z.string(), z.string()) }),
  );
  const output = '\u001b[31mno\u001b[0m';
  expect(shown.parse({ name: 'web\u202eexe\u0000', output, labels: { 'a\u202e': 'b' } })).toEqual({
    name: 'web[U+202E]exe[U+0000]',
    output,
    labels: { 'a[U+202E]': 'b' },
  });
});

test('the sentence of an event is none that a program wrote: what turns it around is written out, and it has an end', () => {
  const event = buildSwarmEvent({
    text: 'web\u202e is down.',
    evidence: { label: 'Log', text: '\u001b[31mno' },
  });
  const events = loosen(swarmEventSchema);
  expect(events.parse(event)).toEqual({ ...event, text: 'web[U+202E] is down.' });
  expect(events.safeParse({ ...event, text: 'x'.repeat(70_000) }).success).toBe(false);
});

test.each([
  ['a moment that is no date', { count: 1e300 }],
  ['a moment that is none in another direction', { count: -9e15 }],
  ['a name that fills a page', { name: 'x'.repeat(70_000) }],
])('%s is not read', (_what, one) => expect(schema.safeParse({ ...good, ...one }).success).toBe(false));
