import { expect, test } from 'vitest';
import { createTurnstile } from './create-turnstile.ts';
import { MAX_OF_CREDENTIAL, MAX_STRANGERS_AT_ONCE, MAX_STRANGERS_WAITING } from './limits.ts';

function start() {
  const turnstile = createTurnstile();
  const started: string[] = [];
  const admitted: string[] = [];
  let last = 0;
  const come = (credential: string | null, isAdmitted = false) => {
    last += 1;
    const requestId = String(last);
    const passed = turnstile.pass(
      { requestId, isFile: false, credential, isAdmitted, admit: () => admitted.push(requestId) },
      () => started.push(requestId),
    );
    return { requestId, passed, leave: () => passed.kind === 'passed' && passed.leave() };
  };
  return { turnstile, started, admitted, come };
}

test('strangers wait for each other, and who was admitted waits for none of them', () => {
  const { turnstile, started, admitted, come } = start();
  const known = come('cookie of ours');
  turnstile.admitted(known.requestId);
  expect(admitted).toEqual([known.requestId]);

  const strangers = Array.from({ length: 100 }, (_, index) =>
    come(index % 2 === 0 ? null : `forged ${index}`),
  );
  expect(started).toHaveLength(1 + MAX_STRANGERS_AT_ONCE);
  const again = come('cookie of ours');
  expect(started.at(-1)).toBe(again.requestId);
  const overOurConnection = come(null, true);
  expect(started.at(-1)).toBe(overOurConnection.requestId);

  for (const stranger of strangers) stranger.leave();
  expect(started).toHaveLength(3 + strangers.length);
});

test('a stream of somebody who was a stranger takes no place from the others once it is admitted', () => {
  const { turnstile, started, come } = start();
  const streams = Array.from({ length: 100 }, (_, index) => come(`screen ${index}`));
  for (const { requestId } of streams) turnstile.admitted(requestId);
  expect(started).toHaveLength(streams.length);
});

test('too many of one credential, and too many strangers in line, are refused', () => {
  const { turnstile, come } = start();
  turnstile.admitted(come('token').requestId);
  const rest = Array.from({ length: MAX_OF_CREDENTIAL - 1 }, () => come('token'));
  expect(come('token').passed).toEqual({ kind: 'refused', statusCode: 429 });
  rest[0]?.leave();
  expect(come('token').passed.kind).toBe('passed');

  const crowd = MAX_STRANGERS_AT_ONCE + MAX_STRANGERS_WAITING;
  for (let index = 0; index < crowd; index += 1) come(null);
  expect(come(null).passed).toEqual({ kind: 'refused', statusCode: 503 });
});
