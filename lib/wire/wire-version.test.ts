import { expect, test } from 'vitest';
import { z } from 'zod';
import { WIRE_VERSION } from './message.ts';
import { logMessageSchema } from './schema/log-schema.ts';
import { messageSchema } from './schema/message-schema.ts';
import { SEED_FIELDS, SEED_OMITTED, SEED_STATUSES, SEED_UNREMARKABLE } from './seed-shape.ts';

/**
 * What crosses the network between a server and a page, by version: the stream's messages, the followed log's, and the
 * seed in the first HTML. A page that meets another version reloads itself, and a relay refuses it.
 */
const HASHES: Record<number, string> = {
  1: '7f7829cdda336abf',
  2: 'a64d7c599707858c',
  3: '76ba2f714c8b65e4',
};

async function hash(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(value)));
  return [...new Uint8Array(digest)]
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

test('what crosses the network is what its version says', async () => {
  const shape = {
    messages: z.toJSONSchema(messageSchema),
    logMessages: z.toJSONSchema(logMessageSchema),
    seed: [SEED_FIELDS, SEED_STATUSES, SEED_OMITTED, SEED_UNREMARKABLE],
  };
  expect(
    await hash(shape),
    'The shape of a message has changed. A field that a page or relay of the present version can do without, or another cause or kind: write the received hash into HASHES, in place of the one there. Else raise WIRE_VERSION in message.ts, and add the hash under it.',
  ).toBe(HASHES[WIRE_VERSION]);
});

test('the hash sees a field, a type and a new kind of message', async () => {
  const small = z.strictObject({ a: z.string() });
  const seen = [
    small,
    small.extend({ b: z.int() }),
    z.strictObject({ a: z.int() }),
    z.union([small, z.null()]),
  ];
  const hashes = await Promise.all(seen.map((schema) => hash(z.toJSONSchema(schema))));
  expect(new Set(hashes).size).toBe(seen.length);
});
