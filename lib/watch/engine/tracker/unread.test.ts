import { expect, it } from 'vitest';
import { toUnreadPauseMs } from './unread.ts';

it('a container that hangs is asked soon for its first minute, then later and later, at last each five minutes', () => {
  const pauses = Array.from({ length: 17 }, (_, failed) => toUnreadPauseMs(failed) / 1_000);
  expect(pauses).toEqual([1, 2, 5, 5, 5, 5, 5, 5, 5, 5, 10, 20, 40, 80, 160, 300, 300]);
});
