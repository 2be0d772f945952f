import { describe, expect, it } from 'vitest';
import { type Account, createPasswordTries, type TryResult } from './password-tries.ts';

const from = (address: string): Account => ({ kind: 'address', address });
const browser = (id: string): Account => ({ kind: 'browser', id });
const MINUTE_MS = 60_000;
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time goes on only while nobody's turn it is, or a password is compared. */
function setUp() {
  let nowMs = 0;
  let checks = 0;
  const tries = createPasswordTries({
    nowMs: () => nowMs,
    async sleep(ms) {
      await nextTurn();
      nowMs += ms;
    },
    async check(given) {
      checks += 1;
      nowMs += 80;
      return given === 'right';
    },
  });
  return {
    tries,
    checks: () => checks,
    nowMs: () => nowMs,
    pass(ms: number) {
      nowMs += ms;
    },
    async fail(account: Account, count: number) {
      for (let index = 0; index < count; index += 1) await tries.try(account, `guess ${index}`);
    },
    /** So many clients of an address, each of which guesses again as soon as it is answered, until `stop`. */
    guess(account: Account, clients: number) {
      let isOver = false;
      const results: TryResult['kind'][] = [];
      const client = async () => {
        while (!isOver) {
          const { kind } = await tries.try(account, 'guess', () => isOver);
          results.push(kind);
          if (kind === 'wait') await nextTurn();
        }
      };
      for (let index = 0; index < clients; index += 1) void client();
      return {
        results,
        stop() {
          isOver = true;
        },
      };
    },
  };
}

describe('a browser that signed in before', () => {
  it('is slowed down more with each wrong password, which are forgotten after a while', async () => {
    const { tries, fail, pass } = setUp();
    const mine = browser('mine');
    await fail(mine, 4);
    expect(await tries.try(mine, 'guess')).toEqual({ kind: 'wrong' });
    expect(await tries.try(mine, 'right')).toMatchObject({ kind: 'wait', waitMs: 2_000, whose: 'browser' });
    expect(await tries.try(browser('yours'), 'right')).toEqual({ kind: 'right' });
    pass(2_000);
    expect(await tries.try(mine, 'guess')).toEqual({ kind: 'wrong' });
    expect(await tries.try(mine, 'right')).toMatchObject({ kind: 'wait', waitMs: 4_000 });
    pass(900_001);
    expect(await tries.try(mine, 'right')).toEqual({ kind: 'right' });
  });

  it('waits for no stranger', async () => {
    const { tries, guess, checks } = setUp();
    const guesser = guess(from('mesh'), 64);
    await tries.try(from('mesh'), 'guess');
    const before = checks();
    expect(await tries.try(browser('mine'), 'right')).toEqual({ kind: 'right' });
    expect(checks() - before).toBeLessThanOrEqual(2);
    guesser.stop();
  });
});

describe('who shares an address with somebody who guesses', () => {
  it.each([1, 4, 16, 17])('is let in within a minute while %i guess without pause', async (clients) => {
    const { tries, guess, nowMs } = setUp();
    const guesser = guess(from('mesh'), clients);
    for (let round = 0; round < 5; round += 1) {
      const askedAtMs = nowMs();
      expect(await tries.try(from('mesh'), 'right')).toEqual({ kind: 'right' });
      expect(nowMs() - askedAtMs).toBeLessThan(MINUTE_MS);
    }
    guesser.stop();
  });

  it('has the chance of any other where even more are tried than can wait', async () => {
    const { tries, guess } = setUp();
    const guesser = guess(from('mesh'), 100);
    let tried = 0;
    for (let isIn = false; !isIn; tried += 1) {
      await nextTurn();
      isIn = (await tries.try(from('mesh'), 'right')).kind === 'right';
      // About one in a thousand is taken: thirty times that is no chance any more.
      expect(tried).toBeLessThan(30_000);
    }
    guesser.stop();
  }, 60_000);

  it('gives them no new tries by signing in', async () => {
    const { tries, fail, nowMs } = setUp();
    await fail(from('mesh'), 4);
    expect(await tries.try(from('mesh'), 'right')).toEqual({ kind: 'right' });
    await fail(from('mesh'), 1);
    const atMs = nowMs();
    await fail(from('mesh'), 1);
    expect(nowMs() - atMs).toBeGreaterThanOrEqual(3_000);
  });

  it('does not wait for those who guessed and left', async () => {
    const { tries, fail, nowMs, checks } = setUp();
    await fail(from('mesh'), 5);
    const left = Array.from({ length: 60 }, () => tries.try(from('mesh'), 'guess', () => true));
    const [askedAtMs, before] = [nowMs(), checks()];
    expect(await tries.try(from('mesh'), 'right')).toEqual({ kind: 'right' });
    expect(nowMs() - askedAtMs).toBeLessThan(4_000);
    expect(checks() - before).toBe(1);
    expect(new Set((await Promise.all(left)).map(({ kind }) => kind))).toEqual(new Set(['wait']));
  });
});

it.each([1, 30, 120])(
  'ten minutes of guesses from one address are five and one in three seconds, with %i at a time',
  async (clients) => {
    const { guess, checks, nowMs, tries } = setUp();
    const guesser = guess(from('mesh'), clients);
    while (nowMs() < 10 * MINUTE_MS) {
      await tries.try(from('mesh'), 'guess');
      await nextTurn();
    }
    guesser.stop();
    expect(checks()).toBeLessThanOrEqual(6 + nowMs() / 3_000);
    expect(checks(), 'they were compared at all').toBeGreaterThan(150);
  },
);

it('ten minutes of guesses from ever new addresses are 60 and one a second, and who waits is let in or told when to come', async () => {
  const { tries, checks, nowMs } = setUp();
  let next = 0;
  while (nowMs() < 10 * MINUTE_MS)
    await Promise.race(
      Array.from({ length: 40 }, () => {
        next += 1;
        return tries.try(from(`10.${next >> 16}.${(next >> 8) & 255}.${next & 255}`), 'guess');
      }),
    );
  expect(checks()).toBeLessThanOrEqual(61 + nowMs() / 1_000);
  expect(await tries.try(browser('mine'), 'right')).toEqual({ kind: 'right' });
  const results = new Set<string>();
  for (let asked = 0; asked < 500 && !results.has('right'); asked += 1)
    results.add((await tries.try(from('192.168.0.9'), 'right')).kind);
  expect(results).toContain('right');
});

it('a flood from one address costs another no more than the turn that is under way', async () => {
  const { tries, checks, guess } = setUp();
  const guesser = guess(from('flood'), 200);
  const before = checks();
  expect(await tries.try(from('person'), 'right')).toEqual({ kind: 'right' });
  expect(checks() - before).toBeLessThanOrEqual(2);
  guesser.stop();
});

it('while fifty addresses guess, who comes from another one is let in within a minute', async () => {
  const { tries, guess, nowMs } = setUp();
  const guessers = Array.from({ length: 50 }, (_, index) => guess(from(`10.0.0.${index}`), 3));
  while (nowMs() < 2 * MINUTE_MS) await tries.try(from('10.0.0.1'), 'guess');
  const askedAtMs = nowMs();
  expect(await tries.try(from('person'), 'right')).toEqual({ kind: 'right' });
  expect(nowMs() - askedAtMs).toBeLessThan(MINUTE_MS);
  for (const guesser of guessers) guesser.stop();
});

it('while somebody guesses from every address of their own network, who comes from another is let in within a minute', async () => {
  const { tries, guess, nowMs } = setUp();
  // A customer has a /48 of IPv6 at most: 65,536 of what we take for one address.
  const hop = (index: number) => from(`2001:db8:7:${index.toString(16)}::1`);
  const guessers = Array.from({ length: 300 }, (_, index) => guess(hop(index), 1));
  while (nowMs() < 2 * MINUTE_MS) await nextTurn();
  for (const person of [from('192.168.0.9'), from('2001:db8:8::1')]) {
    const askedAtMs = nowMs();
    expect(await tries.try(person, 'right')).toEqual({ kind: 'right' });
    expect(nowMs() - askedAtMs).toBeLessThan(MINUTE_MS);
  }
  for (const guesser of guessers) guesser.stop();
});
