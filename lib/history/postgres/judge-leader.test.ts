import { describe, expect, test } from 'vitest';
import { createSignAge, judgeLeader } from './judge-leader.ts';

const ALIVE = {
  sign: { tables: 'ours', isMute: false },
  isSilent: false,
  isAlive: true,
  isOurs: true,
  canTell: true,
} as const;
const MUTE = { tables: 'ours', isMute: true } as const;
const OLD = { tables: 'old', isMute: false } as const;

test.each([
  ['that gives signs', {}, true, null],
  ['that gives none', { isSilent: true, isAlive: false }, false, 'silence'],
  [
    'that gives none, in what may be another swarm’s database',
    { isSilent: true, isOurs: false },
    false,
    null,
  ],
  ['of a version that gave none', { sign: OLD, isSilent: true }, true, null],
  ['that nobody was seen to be', { sign: { ...OLD, tables: 'none' }, isOurs: false }, false, null],
  ['that has nobody to tell, for one that has', { sign: MUTE }, true, 'muteness'],
  ['that has nobody to tell, for one that has not, either', { sign: MUTE, canTell: false }, true, null],
  ['that has nobody to tell, and was not seen just now', { sign: MUTE, isAlive: false }, true, null],
] as const)('a leader %s', (_, more, isLed, endedFor) => {
  expect(judgeLeader({ ...ALIVE, ...more })).toEqual({ isLed, endedFor });
});

describe('a sign that stays the same', () => {
  function look(everyMs: number, times: number) {
    let now = 0;
    const age = createSignAge(() => now);
    for (let looks = 0; looks < times; looks += 1) {
      age.see(7);
      now += everyMs;
    }
    return age;
  }

  test('is old after four seconds, when it was looked at often enough', () => {
    expect(look(1_000, 5).isOld()).toBe(true);
    expect(look(900, 4).isOld(), 'too soon').toBe(false);
    expect(look(10_000, 3).isOld(), 'whoever was stopped saw it twice').toBe(false);
  });

  test('is new again with another one, and with what was done about it', () => {
    const age = look(1_000, 5);
    age.see(8);
    expect([age.isOld(), age.isNew()]).toEqual([false, true]);
    const ended = look(1_000, 5);
    ended.beginAnew();
    expect(ended.isOld()).toBe(false);
  });

  test('is looked at anew after a look in vain, and sooner than in its turn where it has been the same for long', () => {
    const age = look(1_000, 6);
    expect(age.dueMs()).toBe(null);
    age.miss();
    expect([age.isOld(), age.dueMs()]).toEqual([false, 300]);
    for (let looks = 0; looks < 3; looks += 1) age.see(7);
    expect([age.isOld(), age.dueMs()]).toEqual([true, null]);
    age.see(8);
    age.miss();
    expect(age.dueMs(), 'a new one is looked at in its turn').toBe(null);
  });
});
