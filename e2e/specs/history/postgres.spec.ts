import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { installPackages } from '#e2e/lab/install-packages.ts';
import { isQuick } from '#e2e/support/is-ci.ts';
import { readHealth, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createPostgresDatabase } from '#lib/history/postgres/create-postgres-database.ts';
import { createStoreIn } from '#lib/history/store/create-store.ts';
import {
  CONNECTION_FILE,
  findPostgres,
  startPostgres,
  type TestPostgres,
} from '#lib/testing/start-postgres.ts';

/** Probes that are shown while the database is away: each of 240 replicas has one every minute. */
const SHOWN_MEANWHILE = 15;

test.describe('a history in PostgreSQL', () => {
  test('that is killed, hangs and comes back touches nothing that is live, says that it is late, and has every probe once', async ({
    page,
  }) => {
    test.setTimeout(500_000);
    if (findPostgres() === null && !isQuick) await installPackages('The test', ['postgresql']);
    const bin = findPostgres();
    test.skip(bin === null, 'no PostgreSQL on this machine');
    const postgres = await startPostgres(bin ?? '');
    const address = await postgres.create();
    const folder = mkdtempSync(join(tmpdir(), 'vitals-pg-e2e-'));
    const abort = new AbortController();
    const demo = await startDemoSwarm({ nodes: 5, services: 10, replicas: 240 }, abort.signal);
    const { user, password, host, port, database } = address;
    const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
    const vitals = await startVitals({ ...demo.settings, VITALS_DATA: folder, VITALS_DATABASE_URL: url });
    const shown = new Set<string>();
    const watch = watchProbes(vitals, shown);
    try {
      await expect.poll(() => kindOf(vitals), { timeout: 120_000 }).toBe('database');
      await expectLive(shown);
      await postgres.kill();
      await expect.poll(() => kindOf(vitals), { timeout: 30_000 }).toBe('late');
      await expectLate(page, vitals);
      await expectLive(shown);
      await vitals.kill();
      await vitals.start();
      await expect.poll(() => kindOf(vitals), { timeout: 30_000 }).toBe('late');
      await expectLive(shown);
      await postgres.start();
      await expect.poll(() => kindOf(vitals), { timeout: 120_000 }).toBe('database');
      postgres.freeze();
      await expect.poll(() => kindOf(vitals), { timeout: 120_000 }).toBe('late');
      await expectLive(shown);
      postgres.thaw();
      await expect.poll(() => kindOf(vitals), { timeout: 120_000 }).toBe('database');
      await sleep(4_000);
      const due = await watch.end();
      await vitals.stop();
      await expectKept(postgres, address, due);
      expect(vitals.log()).not.toContain(password);
      expect(vitals.log()).not.toContain(encodeURIComponent(password));
    } finally {
      await watch.end();
      await vitals.kill();
      await demo.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const kindOf = async (vitals: VitalsServer) => (await readHealth(vitals)).history.kind;

/** New probes go on being shown. */
async function expectLive(shown: ReadonlySet<string>): Promise<void> {
  const before = shown.size;
  await expect.poll(() => shown.size, { timeout: 120_000 }).toBeGreaterThan(before + SHOWN_MEANWHILE);
}

async function expectLate(page: Page, vitals: VitalsServer): Promise<void> {
  await page.goto(`${vitals.url}/events`);
  await expect(page.locator('.history-broken')).toContainText('History is late.');
  await expect(page.locator('.history-broken')).toContainText('PostgreSQL cannot be used');
  // Of a swarm in which nothing happened the overview knows no event, and says what is in the way.
  await page.goto(vitals.url);
  await expect(page.locator('.events-panel')).toContainText('PostgreSQL cannot be used');
}

/** Notes every probe that was shown. */
function watchProbes(vitals: VitalsServer, shown: Set<string>) {
  let ended = false;
  const done = (async () => {
    while (!ended) {
      const picture = await readSwarm(vitals).catch(() => null);
      for (const { taskId, health } of picture?.services.flatMap(({ replicas }) => replicas) ?? []) {
        const probe = health?.lastProbe ?? null;
        if (taskId === null || probe === null) continue;
        shown.add(`${taskId} ${probe.startedAtMs}`);
      }
      await sleep(100);
    }
  })();
  return {
    async end() {
      ended = true;
      await done;
      return [...shown];
    },
  };
}

/** What was shown is there, and once. The clock of an engine may have been measured anew: the same to a tenth of a second. */
async function expectKept(
  postgres: TestPostgres,
  address: Parameters<typeof createPostgresDatabase>[0]['address'],
  shown: readonly string[],
): Promise<void> {
  const nowMs = Date.now();
  const kept = { address, connectionFile: CONNECTION_FILE, maxAgeDays: 8, connectWithinMs: 10_000 };
  const db = createPostgresDatabase({ ...kept, nowMs: () => nowMs });
  const store = createStoreIn(db, [], { maxAgeDays: 8, maxBytes: 1e9, nowMs });
  const taskIds = [...new Set(shown.map((key) => key.split(' ')[0] ?? ''))];
  const probes = store.ask({ kind: 'probes', taskIds, limit: 10_000 });
  store.close();
  const missed = shown.filter((key) => {
    const [taskId = '', startedAtMs] = key.split(' ');
    return !probes[taskId]?.some((one) => Math.abs(one.startedAtMs - Number(startedAtMs)) < 100);
  });
  expect(missed).toEqual([]);
  expect(shown.length, 'probes that were compared').toBeGreaterThan(50);
  const doubles = await postgres.query(
    'SELECT task, start_ms FROM swarm_vitals.journal GROUP BY task, start_ms HAVING count(*) > 1',
    address.database,
  );
  expect(doubles).toEqual([]);
}
