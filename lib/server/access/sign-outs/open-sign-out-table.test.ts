import { expect, it } from 'vitest';
import { createSignOuts } from './create-sign-outs.ts';
import type { SignOutFile } from './open-sign-out-file.ts';
import { joinSignOuts, openSignOutTable } from './open-sign-out-table.ts';

const T0 = Date.UTC(2026, 10, 29);

/** A database with this one table. */
function setUp() {
  const rows: { n: number; name: string; until_ms: number }[] = [];
  const state = { isAway: false, nowMs: T0, asked: 0 };
  const query = async (text: string, values: readonly (string | number)[] = []) => {
    if (state.isAway) throw new Error('away');
    state.asked += 1;
    const [first, second] = values.map(Number);
    if (text.startsWith('INSERT')) {
      const known = rows.find(({ name }) => name === values[0]);
      if (known) known.until_ms = Math.max(known.until_ms, second ?? 0);
      else rows.push({ n: rows.length + 1, name: String(values[0]), until_ms: second ?? 0 });
      return [];
    }
    if (text.startsWith('DELETE')) return [];
    return rows.filter(({ n, until_ms }) => n > (first ?? 0) && until_ms > (second ?? 0)).reverse();
  };
  return { rows, state, open: () => openSignOutTable({ query }, { wallMs: () => state.nowMs }) };
}

it('who signs out at one server is out at the other, and after a restart', async () => {
  const { open } = setUp();
  const [one, other] = [open(), open()];
  expect(await other.refresh()).toEqual(new Map());
  await one.add('mine', T0 + 1_000);
  expect(await other.refresh()).toEqual(new Map([['mine', T0 + 1_000]]));
  expect(await other.refresh(), 'it is read once').toEqual(new Map());
  expect(await open().refresh()).toEqual(new Map([['mine', T0 + 1_000]]));
});

it('who signs out while the database is away is out at the other one when it is back', async () => {
  const { open, state } = setUp();
  const [one, other] = [open(), open()];
  state.isAway = true;
  await one.add('mine', T0 + 1_000);
  expect(await one.refresh()).toEqual(new Map());
  state.isAway = false;
  await one.refresh();
  expect(await other.refresh()).toEqual(new Map([['mine', T0 + 1_000]]));
});

it('a sign-out that becomes visible after a later one is found, within a minute', async () => {
  const { open, state, rows } = setUp();
  const one = open();
  rows.push({ n: 2, name: 'later', until_ms: T0 + 200_000 });
  await one.refresh();
  rows.push({ n: 1, name: 'slow', until_ms: T0 + 200_000 });
  expect(await one.refresh()).toEqual(new Map());
  state.nowMs += 61_000;
  expect((await one.refresh()).has('slow')).toBe(true);
});

it('with a folder, who signed out there stays out while the database is away', async () => {
  const { open, state } = setUp();
  const added: string[] = [];
  const file: SignOutFile = {
    kept: new Map([['before', T0 + 1]]),
    closedBeforeMs: null,
    add: async (name) => void added.push(name),
    refresh: async () => new Map([['here', T0 + 2]]),
  };
  const joined = joinSignOuts(file, open());
  state.isAway = true;
  await joined.add('mine', T0 + 3);
  expect(added).toEqual(['mine']);
  expect(joined.kept.has('before')).toBe(true);
  expect(await joined.refresh()).toEqual(new Map([['here', T0 + 2]]));
});

it('with a folder that another process closes later, who was let in before has to sign in again', () => {
  let closedBeforeMs: number | null = null;
  const file: SignOutFile = {
    kept: new Map(),
    get closedBeforeMs() {
      return closedBeforeMs;
    },
    add: async () => {},
    refresh: async () => new Map(),
  };
  const joined = joinSignOuts(file, setUp().open());
  closedBeforeMs = T0;
  expect(joined.closedBeforeMs).toBe(T0);
});

it('a server that begins reads at once who signed out at others', async () => {
  const { open } = setUp();
  const make = () => createSignOuts({ lastsMs: 60_000, nowMs: () => 0, wallMs: () => T0, file: open() });
  await make().add('session-1');
  const other = make();
  await expect.poll(() => other.has('session-1', T0), { timeout: 30_000 }).toBe(true);
});
