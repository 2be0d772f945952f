import { expect, it } from 'vitest';
import { createAttempts } from './create-attempts.ts';

function setUp() {
  const received: string[] = [];
  const attempts = createAttempts();
  const call = Promise.withResolvers<string>();
  attempts.attempt(
    call.promise,
    (value) => received.push(value),
    (error) => received.push(`failed: ${error}`),
  );
  return { attempts, call, received };
}

it('says how a call ended', async () => {
  const { call, received } = setUp();
  call.resolve('answer');
  await call.promise;
  expect(received).toEqual(['answer']);
});

it('says nothing of one that began before all was dropped, however it ends', async () => {
  for (const isFailing of [false, true]) {
    const { attempts, call, received } = setUp();
    const isCurrent = attempts.toIsCurrent();
    attempts.drop();
    if (isFailing) call.reject('late');
    else call.resolve('late');
    await call.promise.catch(() => {});
    expect([received, isCurrent(), attempts.toIsCurrent()()]).toEqual([[], false, true]);
  }
});
