import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import type { Caller } from './create-connections.ts';
import { createFairQueue } from './create-fair-queue.ts';
import { createGuests } from './create-guests.ts';
import { MAX_WAITING } from './limits.ts';

const DAY_MS = 24 * 3_600_000;
const BROWSER = { accept: 'text/html,application/xhtml+xml' };

const toCaller = (headers: IncomingHttpHeaders, isAnswered = false) =>
  ({
    request: { method: 'GET', url: '/', headers, socket: { remoteAddress: '10.0.0.2' } },
    connection: { party: '10.0.0.2', isAnswered },
  }) as unknown as Caller;
const known = (cookie: string | null) => toCaller({ ...BROWSER, cookie: cookie?.split(';')[0] ?? '' }, true);

function start() {
  const clock = { nowMs: 0, wallMs: 1_800_000_000_000 };
  return { clock, guests: createGuests({ nowMs: () => clock.nowMs, wallMs: () => clock.wallMs }) };
}

test('a browser is known again by the cookie that it was given, for seven days, and each is somebody else', () => {
  const { clock, guests } = start();
  const cookie = guests.greet(toCaller(BROWSER), '/');
  expect(cookie).toMatch(/^vitals-device=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
  const other = guests.greet(toCaller(BROWSER), '/');
  const party = guests.partyOf(known(cookie));
  expect(party).toMatch(/^10\.0\.0\.2 [\w-]{16}$/);
  expect(guests.partyOf(known(cookie))).toBe(party);
  expect(guests.partyOf(known(other))).not.toBe(party);
  expect(guests.greet(known(cookie), '/'), 'once is enough').toBeNull();
  clock.wallMs += 8 * DAY_MS;
  expect(guests.partyOf(known(cookie))).toBe('10.0.0.2');
});

test('who makes one up, changes one or has that of another server is nobody; programs are given none', () => {
  const { guests } = start();
  const cookie = guests.greet(toCaller(BROWSER), '/') ?? '';
  const theirs = start().guests.greet(toCaller(BROWSER), '/');
  const [pair = ''] = cookie.split(';');
  for (const made of [pair.replace(/=./, '=_'), `${pair}x`, pair.slice(0, -1), 'vitals-device=a.1.b', theirs])
    expect(guests.partyOf(known(made))).toBe('10.0.0.2');
  expect(guests.partyOf(toCaller({})), 'over a connection that had no turn').toBe('10.0.0.2 new');
  expect(guests.greet(toCaller({ accept: '*/*' }), '/')).toBeNull();
  expect(guests.greet(toCaller(BROWSER), '/api/swarm')).toBeNull();
});

test('a crowd that takes every cookie has few of them, and more come slowly', () => {
  const { clock, guests } = start();
  const count = () =>
    Array.from({ length: 3_000 }, () => guests.greet(toCaller(BROWSER), '/')).filter(Boolean).length;
  expect(count()).toBe(128);
  clock.nowMs += 20 * 60_000;
  expect(count()).toBe(2);
});

test('a crowd that takes every cookie for weeks never fills a line with them: who was here before has a place and a turn', () => {
  const { clock, guests } = start();
  const taken: string[] = [];
  for (let hours = 0; hours < 20 * 24; hours += 1) {
    clock.nowMs += 3_600_000;
    clock.wallMs += 3_600_000;
    for (let one = guests.greet(toCaller(BROWSER), '/'); one; one = guests.greet(toCaller(BROWSER), '/'))
      taken.push(one);
  }
  const theirs = taken.filter((one) => guests.partyOf(known(one)) !== '10.0.0.2');
  expect(theirs.length).toBeGreaterThan(900);
  clock.nowMs += 600_000;
  const cookie = guests.greet(toCaller(BROWSER), '/');
  const line = createFairQueue<string>(MAX_WAITING);
  const dropped: string[] = [];
  const add = (name: string, caller: Caller) =>
    line.add(name, guests.partyOf(caller), () => dropped.push(name));
  for (let at = 0; at < MAX_WAITING; at += 1) add('crowd', known(theirs[at % theirs.length] ?? ''));
  expect(dropped).toEqual([]);
  add('person', known(cookie));
  expect(dropped).toEqual(['crowd']);
  let turns = 1;
  while (line.take() === 'crowd') turns += 1;
  expect(turns).toBeLessThan(theirs.length + 2);
});

test('a line that is full of a crowd has room for who was here before, and for who has just come, and they come next', () => {
  const { guests } = start();
  const cookie = guests.greet(toCaller(BROWSER), '/');
  const line = createFairQueue<string>(2_048);
  const dropped: string[] = [];
  const add = (name: string, caller: Caller) =>
    line.add(name, guests.partyOf(caller), () => dropped.push(name));
  for (let index = 0; index < 2_100; index += 1) add('crowd', toCaller({}, true));
  expect(dropped).toHaveLength(52);
  add('known', known(cookie));
  add('new', toCaller({}));
  expect([...new Set(dropped)]).toEqual(['crowd']);
  expect([line.take(), line.take(), line.take(), line.take()]).toEqual(['crowd', 'known', 'new', 'crowd']);
});
