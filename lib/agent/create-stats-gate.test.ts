import { expect, it } from 'vitest';
import { createStatsGate } from './create-stats-gate.ts';

const signal = new AbortController().signal;

it('lets an engine spend two hundredths of its time, whoever asks and however often', async () => {
  let nowMs = 0;
  const gate = createStatsGate(() => nowMs);
  let spentMs = 0;
  let refused = 0;
  while (nowMs < 600_000) {
    const answer = await gate.pass(signal, async () => {
      nowMs += 20;
      spentMs += 20;
      return 'stats';
    });
    if (answer === null) {
      refused += 1;
      nowMs += 1;
    }
  }
  expect(spentMs).toBeLessThan(0.02 * 600_000 + 1_100);
  expect(spentMs).toBeGreaterThan(0.019 * 600_000);
  expect(refused).toBeGreaterThan(500_000);
});

it('counts what an older engine waits for as a little, and gives its place back when that fails', async () => {
  let nowMs = 0;
  const gate = createStatsGate(() => nowMs);
  for (let asked = 0; asked < 50; asked += 1) {
    const answer = gate.pass(signal, async () => {
      nowMs += 990;
      throw new Error('no answer');
    });
    await expect(answer).rejects.toThrow('no answer');
  }
});

it('asks once whose a container is', async () => {
  const gate = createStatsGate(() => 0);
  let asked = 0;
  const ask = (is: boolean) => async () => {
    asked += 1;
    return is;
  };
  expect(await gate.isTask('a', ask(true))).toBe(true);
  expect(await gate.isTask('a', ask(false))).toBe(true);
  expect(await gate.isTask('b', ask(false))).toBe(false);
  expect(await gate.isTask('b', ask(true))).toBe(true);
  expect(asked).toBe(3);
});
