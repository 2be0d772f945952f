import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSignOuts, type SignOuts } from './create-sign-outs.ts';
import { openSignOutFile } from './open-sign-out-file.ts';

const root = mkdtempSync(join(tmpdir(), 'vitals-sign-outs-'));
afterAll(() => rmSync(root, { recursive: true }));

const DAY_MS = 86_400_000;
const LASTS_MS = 8 * DAY_MS;
const T0 = Date.UTC(2026, 10, 28);
let count = 0;

/** A folder of the server's, which starts again and again on it. */
function setUp() {
  count += 1;
  const path = join(root, String(count), 'signed-out');
  const logged: string[] = [];
  return {
    path,
    logged,
    /** As the server is after a start at this time. */
    start(atMs: number): SignOuts {
      const clocks = { wallMs: () => atMs, nowMs: () => 0 };
      const file = openSignOutFile(path, { lastsMs: LASTS_MS, ...clocks, log: (text) => logged.push(text) });
      return createSignOuts({ lastsMs: LASTS_MS, ...clocks, file });
    },
  };
}

describe('a session that was signed out', () => {
  it('stays so over a restart, for as long as it could have lasted, and others go on', async () => {
    const { start, path, logged } = setUp();
    await start(T0).add('mine');
    const again = start(T0 + DAY_MS);
    expect(again.has('mine', T0)).toBe(true);
    expect(again.has('yours', T0)).toBe(false);
    // From one restart to the next.
    expect(start(T0 + 7 * DAY_MS).has('mine', T0)).toBe(true);
    start(T0 + 9 * DAY_MS);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  it('is kept by a name that nobody can make a session of, in a file for its owner alone', async () => {
    const { start, path } = setUp();
    await start(T0).add('mine');
    expect(readFileSync(path, 'utf8')).not.toContain('mine');
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('was not when the process was killed while it was written, and those before it were', async () => {
    const { start, path, logged } = setUp();
    await start(T0).add('mine');
    writeFileSync(path, `${readFileSync(path, 'utf8')}half-a-na`);
    expect(start(T0).has('mine', T0)).toBe(true);
    expect(logged).toEqual([]);
  });

  it('is kept among many: of more than are remembered the oldest go, and the file stays small', async () => {
    const { start, path } = setUp();
    const outs = start(T0);
    for (let index = 0; index < 30_000; index += 1) void outs.add(`session ${index}`);
    await outs.add('the last');
    expect(statSync(path).size).toBeLessThan(2_000_000);
    const again = start(T0);
    expect(again.has('the last', T0)).toBe(true);
    expect(again.has('session 29999', T0)).toBe(true);
    for (let index = 0; index < 21_000; index += 1) void outs.add(`more ${index}`);
    await outs.add('the very last');
    expect(statSync(path).size).toBeLessThan(2_000_000);
    expect(start(T0).has('more 20999', T0)).toBe(true);
  });
});

describe('where the list cannot be used nobody can tell who was signed out, so all from before are over', () => {
  it.each([
    ['is something else', (path: string) => writeFileSync(path, 'SQLite format 3\0')],
    ['is empty', (path: string) => writeFileSync(path, '')],
    ['has other lines', (path: string) => writeFileSync(path, 'swarm-vitals signed-out 1\nx y\n')],
    ['is a folder', (path: string) => mkdirSync(path)],
    ['leads elsewhere', (path: string) => symlinkSync('/etc/hostname', path)],
    ['is larger than any of ours', (path: string) => writeFileSync(path, 'a'.repeat(5_000_000))],
  ])('since it %s', async (_, spoil) => {
    const { start, path, logged } = setUp();
    await start(T0).add('mine');
    rmSync(path);
    spoil(path);
    const outs = start(T0 + 1_000);
    expect(logged).toEqual([
      expect.stringMatching(/^VITALS_DATA: the list of signed-out sessions in .*sign in again/),
    ]);
    expect(outs.has('mine', T0)).toBe(true);
    expect(outs.has('yours', T0)).toBe(true);
    expect(outs.has('new', T0 + 2_000)).toBe(false);
    // At the next start, too: what is new is told apart from what was before.
    const again = start(T0 + DAY_MS);
    expect(again.has('yours', T0)).toBe(true);
    expect(readFileSync('/etc/hostname', 'utf8')).not.toContain('signed-out');
  });

  it('since nothing can be written: sessions end with the process', async () => {
    const { start, path, logged } = setUp();
    await start(T0).add('mine');
    mkdirSync(`${path}.next`);
    const outs = start(T0 + 1_000);
    expect(logged).toHaveLength(1);
    expect(outs.has('yours', T0)).toBe(true);
    expect(outs.has('new', T0 + 2_000)).toBe(false);
    await outs.add('new');
    expect(start(T0 + 3_000).has('new', T0 + 2_000)).toBe(true);
  });

  it('it is logged once that who signs out now is not kept, and kept when it can be', async () => {
    const { start, path, logged } = setUp();
    const outs = start(T0);
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    await outs.add('one');
    await outs.add('two');
    expect(logged).toEqual([expect.stringMatching(/may be let in again after a restart/)]);
    expect(outs.has('one', T0)).toBe(true);
    writeFileSync(path, text);
    await outs.add('three');
    const again = start(T0);
    for (const name of ['one', 'two', 'three']) expect(again.has(name, T0), name).toBe(true);
  });
});
