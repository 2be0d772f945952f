import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { decideRetry, decideSchedule, toNextPaceMs } from './read-pace.ts';

describe('decideSchedule', () => {
  const NOW = 100_000;
  it.each([
    ['nothing hurries it, nothing holds it back', 0, null, 0, { kind: 'send' }],
    ['later', 0, null, 40, { kind: 'plan', dueMs: NOW + 40 }],
    ['it was read often: half a second later', NOW + 9_000, null, 0, { kind: 'plan', dueMs: NOW + 500 }],
    ['its pace is nearly over', NOW + 100, null, 0, { kind: 'plan', dueMs: NOW + 100 }],
    ['one is planned that comes earlier', 0, NOW + 20, 40, { kind: 'keep' }],
    ['one is planned for the same moment', 0, NOW + 40, 40, { kind: 'keep' }],
    ['one is planned that comes later', 0, NOW + 800, 40, { kind: 'plan', dueMs: NOW + 40 }],
    ['one is planned, and now is earlier', 0, NOW + 800, 0, { kind: 'send' }],
  ] as const)('%s', (_, paceMs, plannedMs, delayMs, schedule) => {
    expect(decideSchedule(paceMs, plannedMs, delayMs, NOW)).toEqual(schedule);
  });
});

it('lets some twenty reads of one container through at once, then one each half second', () => {
  let paceMs = 0;
  let sent = 0;
  while (decideSchedule(paceMs, null, 0, 100_000).kind === 'send' && sent < 100) {
    paceMs = toNextPaceMs(paceMs, 100_000);
    sent += 1;
  }
  expect(sent).toBe(22);
  expect(decideSchedule(paceMs, null, 0, 100_000)).toEqual({ kind: 'plan', dueMs: 100_500 });
  expect(decideSchedule(paceMs, null, 0, 100_500)).toEqual({ kind: 'send' });
});

describe('decideRetry', () => {
  const error = new EngineError('timeout', 'late');
  it.each([
    ['an answer ends the row', 2, null, { failures: 0, retryMs: null }],
    ['the first failure', 0, error, { failures: 1, retryMs: 500 }],
    ['the second', 1, error, { failures: 2, retryMs: 2_000 }],
    ['then it is left to the sweep', 2, error, { failures: 3, retryMs: null }],
    ['an error that is not the engine’s', 0, new Error('x'), { failures: 1, retryMs: 500 }],
    ['we closed it', 1, new EngineError('closed', 'closed'), { failures: 1, retryMs: null }],
  ])('%s', (_, failures, ended, outcome) => {
    expect(decideRetry(failures, ended)).toEqual(outcome);
  });
});
