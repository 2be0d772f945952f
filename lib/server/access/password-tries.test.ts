import { expect, it } from 'vitest';
import { type Account, createPasswordTries, toNetwork } from './password-tries.ts';

const from = (address: string): Account => ({ kind: 'address', address });
const browser = (id: string): Account => ({ kind: 'browser', id });

/** Time goes on only while somebody waits, or a password is compared. */
function setUp() {
  let nowMs = 0;
  let checks = 0;
  const tries = createPasswordTries({
    nowMs: () => nowMs,
    async sleep(ms) {
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
    pass(ms: number) {
      nowMs += ms;
    },
    async fail(account: Account, count: number) {
      for (let index = 0; index < count; index += 1) await tries.try(account, `guess ${index}`);
    },
  };
}

it('is slowed down more with each wrong password, and forgets them after a while', async () => {
  const { tries, fail, pass } = setUp();
  await fail(from('a'), 4);
  expect(await tries.try(from('a'), 'guess')).toEqual({ kind: 'wrong' });
  expect(await tries.try(from('a'), 'right')).toMatchObject({
    kind: 'wait',
    waitMs: 2_000,
    whose: 'address',
  });
  expect(await tries.try(from('b'), 'right')).toEqual({ kind: 'right' });
  pass(2_000);
  expect(await tries.try(from('a'), 'guess')).toEqual({ kind: 'wrong' });
  expect(await tries.try(from('a'), 'right')).toMatchObject({ kind: 'wait', waitMs: 4_000 });
  pass(900_001);
  expect(await tries.try(from('a'), 'right')).toEqual({ kind: 'right' });
});

it('a browser that signed in before has tries of its own, also while strangers are shut out', async () => {
  const { tries, fail } = setUp();
  for (let index = 0; index < 30; index += 1) await fail(from(`10.0.0.${index}`), 3);
  await fail(from('10.0.0.2'), 10);
  expect((await tries.try(from('10.0.0.2'), 'right')).kind).toBe('wait');
  expect(await tries.try(browser('mine'), 'right')).toEqual({ kind: 'right' });
  await fail(browser('mine'), 5);
  expect(await tries.try(browser('mine'), 'right')).toMatchObject({ kind: 'wait', whose: 'browser' });
  expect(await tries.try(browser('yours'), 'right')).toEqual({ kind: 'right' });
});

it('who signs in gives no new tries to a guesser with the same address', async () => {
  const { tries, fail } = setUp();
  await fail(from('mesh'), 4);
  expect(await tries.try(from('mesh'), 'right')).toEqual({ kind: 'right' });
  await fail(from('mesh'), 1);
  expect((await tries.try(from('mesh'), 'right')).kind).toBe('wait');
});

it('a flood from one address costs another no more than the turn that is under way', async () => {
  const { tries, checks } = setUp();
  const flood = Array.from({ length: 200 }, () => tries.try(from('flood'), 'guess'));
  const before = checks();
  expect(await tries.try(from('person'), 'right')).toEqual({ kind: 'right' });
  expect(checks() - before).toBeLessThanOrEqual(2);
  const results = await Promise.all(flood);
  expect(results.filter(({ kind }) => kind === 'wrong')).toHaveLength(5);
});

it('strangers from ever new addresses get one try a second altogether, and each learns when to come again', async () => {
  const { tries, checks, pass } = setUp();
  const guess = (round: number) =>
    Promise.all(
      Array.from({ length: 300 }, (_, index) => tries.try(from(`10.${round}.1.${index}`), 'guess')),
    );
  for (let round = 0; round < 10; round += 1) {
    const results = await guess(round);
    for (const result of results)
      if (result.kind === 'wait') expect(result).toMatchObject({ waitMs: 10_000, whose: 'everybody' });
    pass(1);
  }
  expect(checks()).toBeLessThanOrEqual(60 + 12 * 10);
  expect(await tries.try(browser('mine'), 'right')).toEqual({ kind: 'right' });
});

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:0db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(toNetwork(address)).toBe(network);
});
