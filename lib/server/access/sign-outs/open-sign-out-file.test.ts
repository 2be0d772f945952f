import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  const clock = { passedMs: 0 };
  return {
    path,
    logged,
    clock,
    /** As the server is after a start at this time. */
    start(atMs: number): SignOuts {
      const clocks = { wallMs: () => atMs, nowMs: () => clock.passedMs };
      const file = openSignOutFile(path, { wallMs: clocks.wallMs, log: (text) => logged.push(text) });
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
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
    expect(logged).toEqual([]);
  });

  it('stays so when the machine once started with its clock a year ahead', async () => {
    const { start } = setUp();
    await start(T0).add('mine');
    start(T0 + 365 * DAY_MS);
    expect(start(T0 + DAY_MS).has('mine', T0)).toBe(true);
  });

  it('is out at once for another server that has the same folder, as while one takes over from the other', async () => {
    const { path, start, clock } = setUp();
    const one = start(T0);
    const other = start(T0);
    await one.add('mine');
    clock.passedMs += 1_001;
    await expect.poll(() => other.has('mine', T0)).toBe(true);
    // Neither takes away what the other one wrote, whoever starts when.
    const ended = Array.from({ length: 60 }, (_, index) => `session ${index}`);
    await Promise.all(ended.map((name, index) => (index % 2 === 0 ? one : other).add(name)));
    await Promise.all([one.add('late'), start(T0).add('third')]);
    const again = start(T0);
    for (const name of ['mine', 'late', 'third', ...ended]) expect(again.has(name, T0), name).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['signed-out']);
  });

  it('is kept however many processes write and start at the same time', async () => {
    const { path, start, logged } = setUp();
    start(T0);
    const writer = (first: number) =>
      new Promise<number>((resolve) => {
        const script = `
          const { openSignOutFile } = await import(${JSON.stringify(`${import.meta.dirname}/open-sign-out-file.ts`)});
          for (let index = ${first}; index < ${first} + 200; index += 1) {
            const file = index % 20 === 0 || !globalThis.file ? openSignOutFile(${JSON.stringify(path)}, { wallMs: () => ${T0}, log: (text) => console.error(text) }) : globalThis.file;
            globalThis.file = file;
            await file.add(String(index).padStart(22, '0'), ${T0 + DAY_MS});
          }`;
        spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
          stdio: 'inherit',
        }).on('close', (code) => resolve(code ?? -1));
      });
    expect(await Promise.all([0, 1_000, 2_000].map(writer))).toEqual([0, 0, 0]);
    const { kept } = openSignOutFile(path, { wallMs: () => T0, log: (text) => logged.push(text) });
    const names = [0, 1_000, 2_000].flatMap((first) =>
      Array.from({ length: 200 }, (_, index) => String(first + index).padStart(22, '0')),
    );
    expect(names.filter((name) => !kept.has(name))).toEqual([]);
    expect(logged).toEqual([]);
  }, 30_000);

  it('is kept by a name that nobody can make a session of, in a file for its owner alone', async () => {
    const { start, path } = setUp();
    await start(T0).add('mine');
    expect(readFileSync(path, 'utf8')).not.toContain('mine');
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('is kept when the process was killed while it replaced the list, and after that goes on being kept', async () => {
    const { start, path, logged } = setUp();
    await start(T0).add('mine');
    writeFileSync(`${path}.next`, 'half of it');
    const outs = start(T0);
    await outs.add('next');
    // Long ago: whoever wrote it is gone.
    utimesSync(`${path}.next`, 0, 0);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -3));
    const again = start(T0);
    expect(again.has('mine', T0)).toBe(true);
    await again.add('last');
    expect(start(T0).has('last', T0)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['signed-out']);
    expect(logged).toEqual([]);
  });

  it('is kept when the process was killed as it replaced the list while its clock was a year ahead', async () => {
    const { start, path, logged } = setUp();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.next`, 'half of it');
    const ahead = (Date.now() + 365 * DAY_MS) / 1_000;
    utimesSync(`${path}.next`, ahead, ahead);
    await start(T0).add('mine');
    expect(start(T0).has('mine', T0)).toBe(true);
    expect(logged).toEqual([]);
  });

  it('asks a disk that hangs once, however often it is looked at', () => {
    let asked = 0;
    let nowMs = 0;
    const refresh = () => {
      asked += 1;
      return new Promise<ReadonlyMap<string, number>>(() => {});
    };
    const file = { kept: new Map(), closedBeforeMs: null, add: async () => {}, refresh };
    const outs = createSignOuts({ lastsMs: LASTS_MS, wallMs: () => T0, nowMs: () => nowMs, file });
    for (; nowMs < 60_000; nowMs += 1_001) outs.has('yours', T0);
    expect(asked).toBe(1);
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
    ['keeps whoever opens it waiting', (path: string) => void execFileSync('mkfifo', [path])],
    ['is larger than any of ours', (path: string) => writeFileSync(path, 'a'.repeat(5_000_000))],
    ['cannot be written beside', (path: string) => mkdirSync(`${path}.next`)],
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
    rmSync(path);
    mkdirSync(path);
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
    renameSync(path, `${path}.aside`);
    mkdirSync(path);
    await outs.add('one');
    await outs.add('two');
    expect(logged).toEqual([expect.stringMatching(/may be let in again after a restart/)]);
    expect(outs.has('one', T0)).toBe(true);
    rmdirSync(path);
    await outs.add('three');
    const again = start(T0);
    for (const name of ['one', 'two', 'three']) expect(again.has(name, T0), name).toBe(true);
  });

  it('what was written in part as the disk was full is no reason to sign everybody out', async () => {
    const { start, path, logged } = setUp();
    const outs = start(T0);
    await outs.add('one');
    const before = readFileSync(path, 'utf8');
    renameSync(path, `${path}.aside`);
    mkdirSync(path);
    await outs.add('two');
    rmdirSync(path);
    writeFileSync(path, `${before}half-a-na`);
    await outs.add('three');
    const again = start(T0 + 1_000);
    for (const name of ['one', 'two', 'three']) expect(again.has(name, T0), name).toBe(true);
    expect(again.has('yours', T0)).toBe(false);
    expect(logged).toHaveLength(1);
  });

  it('a list that was found damaged while the clock was a year ahead keeps nobody out until then', async () => {
    const { start, path } = setUp();
    await start(T0).add('mine');
    writeFileSync(path, 'damaged');
    start(T0 + 365 * DAY_MS);
    const outs = start(T0 + DAY_MS);
    expect(outs.has('yours', T0)).toBe(true);
    expect(outs.has('new', T0 + DAY_MS + 1)).toBe(false);
  });
});
