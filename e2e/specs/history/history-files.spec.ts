import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test as base, expect } from '@playwright/test';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { run } from '#e2e/lab/run.ts';
import { readEvents, readHealth, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { MIGRATIONS } from '#lib/history/store/schema.ts';

/** Who the image runs as: to root no file is read-only. */
const USER = 1000;
const OLD_EVENT = 'It was there before.';

const test = base.extend<{ folder: string }, { demo: DemoProcess }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const end = new AbortController();
      const demo = await startDemoSwarm({ nodes: 3, services: 4, replicas: 8 }, end.signal);
      // The server runs as somebody else.
      for (const endpoint of Object.values(demo.settings).join(',').split(','))
        if (endpoint.startsWith('unix://')) {
          chmodSync(endpoint.slice(7), 0o666);
          chmodSync(join(endpoint.slice(7), '..'), 0o755);
        }
      await use(demo);
      await demo.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'vitals-files-'));
    chownSync(folder, USER, USER);
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

const toFile = (folder: string) => join(folder, 'history.db');

async function serve(
  demo: DemoProcess,
  folder: string,
  more: Record<string, string> = {},
): Promise<VitalsServer> {
  return startVitals({ ...demo.settings, VITALS_DATA: folder, ...more }, null, { userId: USER });
}

/** The picture is whole, whatever became of the history. */
async function expectLivePicture(vitals: VitalsServer): Promise<void> {
  await expect
    .poll(async () => (await readSwarm(vitals)).services.flatMap(({ replicas }) => replicas).length)
    .toBe(8);
}

const listEvents = async (vitals: VitalsServer) =>
  (await readEvents(vitals, 'limit=500')).events.map(({ text }) => text);

/** A history that a server wrote, with one more event in it, and more of them than SQLite remembers (8 MB). */
async function prepare(demo: DemoProcess, folder: string): Promise<void> {
  const vitals = await serve(demo, folder);
  await expectLivePicture(vitals);
  await expect.poll(async () => (await readHealth(vitals)).history.kind).toBe('disk');
  await vitals.stop();
  const db = new DatabaseSync(toFile(folder));
  const nowMs = Date.now();
  db.prepare(
    `WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 60000)
    INSERT INTO events(id, at_ms, kind, level, text)
    SELECT ?1 - 100000 + n, ?1 - 100000 + n, 'node', 'info', n || hex(zeroblob(100)) FROM count`,
  ).run(nowMs);
  db.prepare("INSERT INTO events(id, at_ms, kind, level, text) VALUES (?, ?, 'node', 'info', ?)").run(
    ...[nowMs, nowMs, OLD_EVENT],
  );
  db.close();
  own(folder);
}

function own(folder: string): void {
  for (const name of readdirSync(folder)) chownSync(join(folder, name), USER, USER);
}

function scribble(file: string, from: number, length: number): void {
  const bytes = readFileSync(file);
  for (let at = from; at < Math.min(bytes.length, from + length); at++) bytes[at] = (at * 7 + 13) % 251;
  writeFileSync(file, bytes);
}

const CORRUPT = /history\.db\.corrupt-.* was damaged and is kept/;
/** What is wrong with the file, what is said of it, and whether what was in it is still shown. */
const FAULTS: [
  title: string,
  break_: (folder: string) => void,
  kind: 'disk' | 'broken',
  sentence: RegExp,
  kept: boolean,
][] = [
  ['nothing is wrong with it', () => {}, 'disk', /is kept in .*history\.db\.$/, true],
  ['its header is random', (folder) => scribble(toFile(folder), 0, 100), 'disk', CORRUPT, false],
  ['its schema is random', (folder) => scribble(toFile(folder), 100, 3_000), 'disk', CORRUPT, false],
  ['its middle is random', (folder) => scribble(toFile(folder), 4_096, 200_000), 'disk', CORRUPT, false],
  [
    'its end is random',
    (folder) => scribble(toFile(folder), statSync(toFile(folder)).size - 50_000, 50_000),
    'disk',
    CORRUPT,
    false,
  ],
  [
    'it was cut in half',
    (folder) => truncateSync(toFile(folder), Math.floor(statSync(toFile(folder)).size / 2)),
    'disk',
    CORRUPT,
    false,
  ],
  ['it was cut within a page', (folder) => truncateSync(toFile(folder), 5_000), 'disk', CORRUPT, false],
  ['it is empty', (folder) => truncateSync(toFile(folder), 0), 'disk', /is kept in .*history\.db\.$/, false],
  [
    'garbage lies where its newest pages would',
    (folder) => writeFileSync(`${toFile(folder)}-wal`, 'garbage '.repeat(9_000)),
    'disk',
    /is kept in .*history\.db\.$/,
    true,
  ],
  [
    'garbage lies where its index would',
    (folder) => writeFileSync(`${toFile(folder)}-shm`, 'garbage '.repeat(4_096)),
    'disk',
    /is kept in .*history\.db\.$/,
    true,
  ],
  [
    'garbage lies in what was pending',
    (folder) =>
      writeFileSync(
        `${toFile(folder)}.pending`,
        '["a",1,2] [{]\n\0\0[1] x\n["b",1,2] [{"kind":"probe"},{"kind":"no"},7]\n',
      ),
    'disk',
    /is kept in .*history\.db\.$/,
    true,
  ],
  [
    'it is of the first version',
    (folder) => makeFirstVersion(toFile(folder)),
    'disk',
    /is kept in .*history\.db\.$/,
    true,
  ],
  [
    'it is of a newer version',
    (folder) => setVersion(folder, 99),
    'broken',
    /newer Swarm Vitals: start that version again/,
    false,
  ],
  [
    'it is read-only',
    (folder) => chmodSync(toFile(folder), 0o400),
    'broken',
    /must belong to user 1000, and be writable/,
    false,
  ],
  [
    'it is somebody else’s',
    (folder) => chownSync(toFile(folder), 0, 0),
    'broken',
    /must belong to user 1000/,
    false,
  ],
  [
    'its folder is somebody else’s',
    (folder) => chownSync(folder, 0, 0),
    'broken',
    /must belong to user 1000|read-only for user 1000/,
    false,
  ],
  [
    'a folder lies in its place',
    (folder) => {
      rmSync(toFile(folder));
      mkdirSync(toFile(folder));
      chownSync(toFile(folder), USER, USER);
    },
    'broken',
    /is a folder/,
    false,
  ],
];

function makeFirstVersion(file: string): void {
  rmSync(file);
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA auto_vacuum = INCREMENTAL; ${MIGRATIONS[0]}; PRAGMA user_version = 1`);
  const nowMs = Date.now();
  db.prepare("INSERT INTO events(id, at_ms, kind, level, text) VALUES (?, ?, 'node', 'info', ?)").run(
    ...[nowMs, nowMs, OLD_EVENT],
  );
  db.close();
}

function setVersion(folder: string, version: number): void {
  const db = new DatabaseSync(toFile(folder));
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

test('whatever is wrong with the history’s file is said with what to do, and the live view is whole', async ({
  demo,
  folder: good,
}) => {
  test.setTimeout(300_000);
  await prepare(demo, good);
  for (const [title, spoil, kind, sentence, isKept] of FAULTS)
    await test.step(title, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'vitals-fault-'));
      chownSync(folder, USER, USER);
      copyFileSync(toFile(good), toFile(folder));
      own(folder);
      spoil(folder);
      if (kind === 'disk') own(folder);
      const before =
        existsSync(toFile(folder)) && statSync(toFile(folder)).isFile() ? readFileSync(toFile(folder)) : null;
      const vitals = await serve(demo, folder);
      try {
        await expectLivePicture(vitals);
        await expect.poll(async () => (await readHealth(vitals)).history.sentence, title).toMatch(sentence);
        expect((await readHealth(vitals)).history.kind, title).toBe(kind);
        if (isKept) expect(await listEvents(vitals), title).toContain(OLD_EVENT);
        if (kind === 'broken' && before !== null)
          expect(readFileSync(toFile(folder)).equals(before), `${title}: untouched`).toBe(true);
        if (sentence === CORRUPT) {
          const kept = readdirSync(folder).filter((name) => /\.corrupt-[^.]*Z$/.test(name));
          expect(kept, title).toHaveLength(1);
          expect(readFileSync(join(folder, kept[0] ?? '')).equals(before ?? Buffer.of()), title).toBe(true);
        }
        if (kind === 'disk') await expectWritten(vitals, folder);
      } finally {
        await vitals.kill();
        rmSync(folder, { recursive: true, force: true });
      }
    });
});

/** What is seen now is in the file, and nobody else may read it. */
async function expectWritten(vitals: VitalsServer, folder: string): Promise<void> {
  await vitals.stop();
  const db = new DatabaseSync(toFile(folder), { readOnly: true });
  expect(Number(db.prepare('SELECT count(*) AS n FROM services').get()?.n)).toBe(4);
  db.close();
  for (const name of readdirSync(folder))
    if (!name.includes('.corrupt-')) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
}

test('files that a release before left readable for all are ours alone, also while the server runs', async ({
  demo,
  folder,
}) => {
  await prepare(demo, folder);
  chmodSync(toFile(folder), 0o644);
  const vitals = await serve(demo, folder);
  try {
    await expect.poll(async () => (await readHealth(vitals)).history.kind).toBe('disk');
    await expect.poll(() => existsSync(`${toFile(folder)}.pending`)).toBe(true);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  } finally {
    await vitals.kill();
  }
});

test('a folder that is not there is made; one that is read-only is said', async ({ demo, folder }) => {
  const made = join(folder, 'a/b');
  const vitals = await serve(demo, made);
  try {
    await expect.poll(async () => (await readHealth(vitals)).history.kind).toBe('disk');
    expect(statSync(made).mode & 0o077).toBe(0);
  } finally {
    await vitals.kill();
  }
  const mounted = join(folder, 'read-only');
  mkdirSync(mounted);
  // The past of the demo swarm is there, too, and can be read and no more.
  await run('mount', ['-t', 'tmpfs', 'none', mounted]);
  const past = { VITALS_DEMO_PAST: join(mounted, 'past.db') };
  copyFileSync(toFile(made), past.VITALS_DEMO_PAST);
  chownSync(past.VITALS_DEMO_PAST, USER, USER);
  await run('mount', ['-o', 'remount,ro', mounted]);
  try {
    const other = await serve(demo, mounted, past);
    await expectLivePicture(other);
    await expect.poll(async () => (await readHealth(other)).history.sentence).toContain('is read-only');
    await other.kill();
    const third = await serve(demo, join(folder, 'c'), past);
    await expectLivePicture(third);
    await expect.poll(async () => (await readHealth(third)).history.kind).toBe('disk');
    await third.kill();
  } finally {
    await run('umount', ['--lazy', mounted]);
  }
});

test('a link to a history is followed; one to something else is refused, and what it leads to untouched', async ({
  demo,
  folder,
}) => {
  await prepare(demo, folder);
  const linked = mkdtempSync(join(tmpdir(), 'vitals-link-'));
  chownSync(linked, USER, USER);
  const other = join(folder, 'something-else');
  writeFileSync(other, 'Nobody may rename this. '.repeat(500));
  chownSync(other, USER, USER);
  try {
    symlinkSync(toFile(folder), toFile(linked));
    const vitals = await serve(demo, linked);
    await expect.poll(() => listEvents(vitals)).toContain(OLD_EVENT);
    await vitals.kill();
    rmSync(toFile(linked));
    symlinkSync(other, toFile(linked));
    const refused = await serve(demo, linked);
    await expectLivePicture(refused);
    await expect.poll(async () => (await readHealth(refused)).history.sentence).toContain('is a link to');
    await refused.kill();
    expect(readFileSync(other, 'utf8')).toContain('Nobody may rename this. Nobody');
  } finally {
    rmSync(linked, { recursive: true, force: true });
  }
});

test('the file is removed while the server runs: a new one is begun with all that is so, and that is said', async ({
  demo,
  folder,
}) => {
  const vitals = await serve(demo, folder);
  try {
    await expectLivePicture(vitals);
    await expect.poll(async () => (await readHealth(vitals)).history.kind).toBe('disk');
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await expect.poll(() => existsSync(toFile(folder))).toBe(true);
    await expect.poll(async () => (await readHealth(vitals)).history.kind).toBe('disk');
    expect(vitals.log()).toContain('was removed or replaced while it was used');
    await expect.poll(() => statSync(toFile(folder)).size).toBeGreaterThan(0);
    await expectLivePicture(vitals);
    await expectWritten(vitals, folder);
  } finally {
    await vitals.kill();
  }
});

test('the file is damaged while the server runs: it is kept, and a new one begun', async ({
  demo,
  folder,
}) => {
  await prepare(demo, folder);
  const vitals = await serve(demo, folder);
  try {
    await expect.poll(() => listEvents(vitals)).toContain(OLD_EVENT);
    scribble(toFile(folder), 4_096, 10_000_000);
    await expect
      .poll(
        async () => {
          // What is asked is read from the file, sooner or later.
          await readEvents(vitals, `limit=500&before=${Date.now() - 90_000}`);
          return (await readHealth(vitals)).history.sentence;
        },
        { timeout: 60_000 },
      )
      .toMatch(CORRUPT);
    await expectLivePicture(vitals);
  } finally {
    await vitals.kill();
  }
});

test('two servers on one file: the second says so in words and writes nothing, and goes on with it when the first is gone', async ({
  demo,
  folder,
  page,
}) => {
  await prepare(demo, folder);
  const first = await serve(demo, folder);
  const second = await serve(demo, folder);
  try {
    await expect.poll(() => listEvents(first)).toContain(OLD_EVENT);
    await expectLivePicture(second);
    await expect
      .poll(async () => (await readHealth(second)).history.sentence)
      .toContain('is used by another Swarm Vitals');
    await page.goto(`${second.url}/events`);
    await expect(page.locator('.history-broken')).toContainText('is used by another Swarm Vitals');
    expect((await readHealth(first)).history.kind).toBe('disk');
    await first.kill();
    await expect.poll(async () => (await readHealth(second)).history.kind, { timeout: 30_000 }).toBe('disk');
    expect(await listEvents(second)).toContain(OLD_EVENT);
  } finally {
    await first.kill();
    await second.kill();
  }
});
