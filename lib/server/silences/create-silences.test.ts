import { expect, test } from 'vitest';
import { MAX_OVER, type SilenceStore, StoreAway } from '#lib/history/silences/silence-store.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import { buildSilence } from '#lib/testing/build-silence.ts';
import { createFakeClock, type FakeClock } from '#lib/testing/fake-clock.ts';
import { createSilences } from './create-silences.ts';

const HOUR = 3_600_000;

/** A database that two servers share, and can be away. */
function createDatabase() {
  const rows = new Map<string, Silence>();
  const state = { isAway: false, changes: 0 };
  const reach = () => {
    if (state.isAway) throw new StoreAway('nothing listens at its address');
  };
  const store: SilenceStore = {
    async list() {
      reach();
      return [...rows.values()];
    },
    async put(silence) {
      reach();
      state.changes += 1;
      if (!rows.has(silence.id)) rows.set(silence.id, silence);
      return true;
    },
    async end(silence) {
      reach();
      if (rows.get(silence.id)?.ended !== null) return false;
      state.changes += 1;
      rows.set(silence.id, silence);
      return true;
    },
    async stamp() {
      reach();
      return String(state.changes);
    },
  };
  return { rows, state, store };
}

function setUp(clock: FakeClock, database = createDatabase()) {
  const silences = createSilences(database.store, clock);
  const seen: string[] = [];
  silences.subscribe((active) => seen.push(active.map(({ id }) => id).join()));
  return { ...database, silences, seen };
}

const lasting = (clock: FakeClock, id: string, fromMs = 0, forMs = HOUR) =>
  buildSilence({ id, fromMs: clock.nowMs() + fromMs, untilMs: clock.nowMs() + fromMs + forMs });

/** Two servers on one database; both know of a silence that the first was asked for. */
async function setUpTwo() {
  const clock = createFakeClock();
  const database = createDatabase();
  const one = setUp(clock, database);
  const other = setUp(clock, database);
  await clock.advance(10);
  await one.silences.add(lasting(clock, 'one'));
  await clock.advance(2_000);
  return { clock, database, one, other };
}

test('one begins and ends at its times, by itself', async () => {
  const clock = createFakeClock();
  const { silences, seen } = setUp(clock);
  await clock.advance(10);
  await silences.add(lasting(clock, 'later', HOUR, HOUR));
  await silences.add(lasting(clock, 'now'));
  expect(seen).toEqual(['now']);
  await clock.advance(HOUR - 1);
  expect(seen).toEqual(['now']);
  await clock.advance(1);
  expect(seen).toEqual(['now', 'later']);
  await clock.advance(HOUR);
  expect(seen).toEqual(['now', 'later', '']);
  expect(silences.list().map(({ id }) => id)).toEqual(['later', 'now']);
  silences.close();
});

test('what one server was asked for another knows within seconds, and so that it was ended', async () => {
  const { clock, one, other } = await setUpTwo();
  expect(other.seen).toEqual(['one']);
  const [known] = other.silences.active();
  await other.silences.end(known as Silence, 'eve');
  await clock.advance(2_000);
  expect(one.seen).toEqual(['one', '']);
  expect(one.silences.list()[0]?.ended?.by).toBe('eve');
  one.silences.close();
  other.silences.close();
});

test('of two servers that are asked to end it at once one did, and both say which', async () => {
  const { clock, database, one, other } = await setUpTwo();
  const [known] = other.silences.active();
  expect((await one.silences.end(known as Silence, 'ada'))?.ended?.by).toBe('ada');
  expect(await other.silences.end(known as Silence, 'eve')).toBeNull();
  expect(other.silences.find('one')?.ended?.by).toBe('ada');
  expect(other.seen).toEqual(['one', '']);
  // One that the database has lost is ended all the same.
  await other.silences.add(lasting(clock, 'two'));
  database.rows.delete('two');
  expect((await other.silences.end(other.silences.find('two') as Silence, 'eve'))?.ended?.by).toBe('eve');
  expect(database.rows.get('two')?.ended?.by).toBe('eve');
  one.silences.close();
  other.silences.close();
});

test('while the database is away those that are known go on until their end, and none is made', async () => {
  const clock = createFakeClock();
  const { silences, seen, state } = setUp(clock);
  await clock.advance(10);
  await silences.add(lasting(clock, 'one'));
  state.isAway = true;
  await clock.advance(5_000);
  expect(silences.problem()).toBe('nothing listens at its address');
  expect(silences.active()).toHaveLength(1);
  await expect(silences.add(lasting(clock, 'two'))).rejects.toThrow('nothing listens');
  await expect(silences.end(silences.active()[0] as Silence, null)).rejects.toThrow('nothing listens');
  expect(seen).toEqual(['one']);
  await clock.advance(HOUR);
  expect(seen).toEqual(['one', '']);
  state.isAway = false;
  await clock.advance(2_000);
  expect(silences.problem()).toBeNull();
  silences.close();
});

test('a database that lost it has it again, and one that was ended stays ended', async () => {
  const clock = createFakeClock();
  const { silences, rows, state } = setUp(clock);
  await clock.advance(10);
  await silences.add(lasting(clock, 'one'));
  await silences.add(lasting(clock, 'two'));
  const two = silences.find('two') as Silence;
  await silences.end(two, 'ada');
  // As a standby that took over, or a copy that was restored.
  rows.delete('one');
  rows.set('two', two);
  state.changes += 10;
  await clock.advance(2_000);
  expect([...rows.keys()].sort()).toEqual(['one', 'two']);
  expect(rows.get('two')?.ended?.by).toBe('ada');
  expect(silences.active().map(({ id }) => id)).toEqual(['one']);
  silences.close();
});

test('who begins while the database is away says that there may be others', async () => {
  const clock = createFakeClock();
  const database = createDatabase();
  database.rows.set('before', lasting(clock, 'before'));
  database.state.isAway = true;
  const { silences, seen } = setUp(clock, database);
  await clock.advance(2_000);
  expect([silences.problem(), seen]).toEqual(['nothing listens at its address', []]);
  database.state.isAway = false;
  await clock.advance(2_000);
  expect([silences.problem(), seen]).toEqual([null, ['before']]);
  silences.close();
});

test('however many were made and ended, those that are over stay as few as the database keeps', async () => {
  const clock = createFakeClock();
  const { silences, rows, state } = setUp(clock);
  await clock.advance(10);
  await silences.add(lasting(clock, 'open'));
  for (let at = 0; at < MAX_OVER + 50; at += 1) {
    const one = lasting(clock, `over-${at}`);
    await silences.add(one);
    await silences.end(one, 'ada');
    await clock.advance(1);
  }
  const ids = () => silences.list().map(({ id }) => id);
  expect([ids().length, ids()[0], ids()[1]]).toEqual([MAX_OVER + 1, 'open', `over-${MAX_OVER + 49}`]);
  // The database has forgotten them, as it does with those that are more than it keeps.
  for (let at = 0; at < MAX_OVER; at += 1) rows.delete(`over-${at}`);
  state.changes += 1;
  await clock.advance(2_000);
  expect(silences.find('over-0')).toBeNull();
  expect(ids()).toHaveLength(51);
  silences.close();
});

test('a database that does not answer is said not to within seconds, and when it does it is as before', async () => {
  const clock = createFakeClock();
  const { store } = createDatabase();
  const hung = Promise.withResolvers<string>();
  let isHanging = false;
  const stamp = async () => (isHanging ? hung.promise : store.stamp());
  const silences = createSilences({ ...store, stamp }, clock);
  await clock.advance(2_000);
  expect(silences.problem()).toBeNull();
  isHanging = true;
  await clock.advance(5_000);
  expect(silences.problem()).toBe('the database does not answer');
  isHanging = false;
  hung.resolve('1');
  await clock.advance(10);
  expect(silences.problem()).toBeNull();
  silences.close();
});
