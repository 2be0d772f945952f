import { afterEach, expect, test, vi } from 'vitest';
import { createSignOuts } from './create-sign-outs.ts';

afterEach(() => void vi.useRealTimers());

test('who was signed out by another server on the same folder is refused the first time, too', async () => {
  vi.useFakeTimers();
  const kept = new Map<string, number>();
  const make = () =>
    createSignOuts({
      lastsMs: 604_800_000,
      nowMs: () => performance.now(),
      wallMs: () => Date.now(),
      file: {
        kept: new Map(),
        closedBeforeMs: null,
        add: async (name, untilMs) => void kept.set(name, untilMs),
        refresh: async () => kept,
      },
    });
  const [one, other] = [make(), make()];
  await one.add('session-1');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(other.has('session-1', Date.now())).toBe(true);
});
