import { expect, it } from 'vitest';
import { createAttempts } from './create-attempts.ts';

function setUp() {
  const heard: string[] = [];
  const attempts = createAttempts();
  const call = Promise.withResolvers<string>();
  attempts.attempt(
    call.promise,
    (value) => heard.push(value),
    (error) => heard.push(`failed: ${error}`),
  );
  return { attempts, call, heard };
}

it('says how a call ended', async () => {
  const { call, heard } = setUp();
  call.resolve('answer');
  await call.promise;
  expect(heard).toEqual(['answer']);
});

it('says nothing of one that began before all was dropped, however it ends', async () => {
  for (const isFailing of [false, true]) {
    const { attempts, call, heard } = setUp();
    const isCurrent = attempts.toIsCurrent();
    attempts.drop();
    if (isFailing) call.reject('late');
    else call.resolve('late');
    await call.promise.catch(() => {});
    expect([heard, isCurrent(), attempts.toIsCurrent()()]).toEqual([[], false, true]);
  }
});
