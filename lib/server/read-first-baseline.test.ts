import { expect, test } from 'vitest';
import type { Baseline } from '#lib/history/question.ts';
import { readFirstBaseline, readLateBaseline } from './read-first-baseline.ts';

const BASELINE: Baseline = {
  ...{ aliveMs: 1, swarmId: 'swarm-1', services: [], nodes: [], statuses: [], openTasks: [] },
  ...{ endedTasks: [], reachedPorts: [], events: [], incidents: [] },
};

/** A history that answers from the third question on. */
function setUp() {
  let asked = 0;
  return {
    ask: async () => {
      asked += 1;
      return (asked < 3 ? null : BASELINE) as never;
    },
    takePast: async () => {},
  };
}

test('after a kill what was before is waited for until the rest of it is in the database', async () => {
  expect(await readFirstBaseline(setUp(), null, true)).toEqual(BASELINE);
});

test('a file that cannot be read is not waited for', async () => {
  expect(await readFirstBaseline(setUp(), null, false)).toBe(null);
});

test('what a database knew is looked for until it answers', async () => {
  expect(await readLateBaseline(setUp(), new AbortController().signal, 1)).toEqual(BASELINE);
});

test('nobody waits for it once the server ends', async () => {
  const ending = new AbortController();
  const ask = async () => {
    ending.abort();
    return null as never;
  };
  expect(await readLateBaseline({ ask }, ending.signal, 1)).toBe(null);
});

test('a database that takes long to answer nothing is waited for no longer than one that is quick', async () => {
  const history = setUp();
  let steadyMs = 0;
  const ask = (): Promise<never> => {
    steadyMs += 20_000;
    return history.ask();
  };
  expect(await readFirstBaseline({ ...history, ask }, null, true, () => steadyMs)).toBe(null);
});
