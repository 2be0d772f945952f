import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createUnsentLimit } from './create-unsent-limit.ts';

const makeResponse = () => new ServerResponse(new IncomingMessage(new Socket()));

it('has room for answers up to its limit, and again when one has left', () => {
  const unsent = createUnsentLimit({ maxBytes: 100, withinMs: 60_000 });
  const first = makeResponse();
  expect(unsent.take(first, 60)).toBe(true);
  expect(unsent.take(makeResponse(), 50)).toBe(false);
  expect(unsent.take(makeResponse(), 40)).toBe(true);
  first.emit('close');
  expect(unsent.take(makeResponse(), 60)).toBe(true);
  expect(unsent.take(makeResponse(), 1)).toBe(false);
});

it('cuts off who does not take an answer', async () => {
  const response = makeResponse();
  createUnsentLimit({ maxBytes: 100, withinMs: 20 }).take(response, 60);
  await expect.poll(() => response.destroyed).toBe(true);
});
