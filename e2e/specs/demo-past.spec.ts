import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readIncidents } from '#e2e/support/read-api.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import type { Report } from '#lib/model/contract/report.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import { startDemo } from '#lib/server/start-demo.ts';

const HOUR_MS = 3_600_000;
/** The past of a day is worked out beside all else. */
const SOON = { timeout: 240_000 };

test('whoever starts the demo for the first time finds a day behind it, once and also after a restart', async ({
  page,
}) => {
  test.setTimeout(420_000);
  const programs = { swarm: join(root, 'lib/demo/cli.ts'), past: join(root, 'lib/demo-past/cli.ts') };
  const startedMs = Date.now();
  const demo = await startDemo(programs);
  const folder = mkdtempSync(join(tmpdir(), 'vitals-demo-past-'));
  const settings = { ...demo, VITALS_DATA: folder };
  let vitals = await startVitals(settings);
  const ask = async <T>(path: string) => (await (await fetch(`${vitals.url}${path}`)).json()) as T;
  const read = async () => (await readIncidents(vitals, '?limit=200')).incidents;
  try {
    // It is there at once, and its past follows.
    await page.goto(vitals.url);
    await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
    await expect(page.locator('body')).toContainText('Demo swarm');
    // Who looks at a report before says so, and is shown it without asking again.
    await page.goto(`${vitals.url}/reports?days=1`);
    await expect(page.locator('.history-notice')).toContainText('still being put together');
    await expect.poll(async () => (await read()).length, SOON).toBeGreaterThan(8);
    await expect(page.getByText('Nothing is kept yet')).toHaveCount(0, SOON);
    await expect(page.locator('.report-page tbody tr').first()).toBeVisible();

    const incidents = await read();
    const ended = incidents.filter(({ endedAtMs }) => endedAtMs !== null);
    const kinds = ended.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['node', 'update', 'crash-loop', 'service']));
    // The history goes on once the past is there, and that takes as long as the machine has other things to do.
    const firstPastMs = startedMs - 24 * HOUR_MS;
    const timeline = await ask<Timeline>(`/api/timeline?fromMs=${firstPastMs}&untilMs=${startedMs}`);
    const firstMs = Math.min(...timeline.marks.map(({ fromMs }) => fromMs));
    expect(startedMs - firstMs).toBeGreaterThan(23 * HOUR_MS);
    // A stretch may begin before what was asked for, and end after it.
    const unknownMs = timeline.unknown.reduce(
      (sum, { fromMs, untilMs }) =>
        sum + Math.max(0, Math.min(untilMs, startedMs) - Math.max(fromMs, firstPastMs)),
      0,
    );
    expect(unknownMs).toBeLessThan(0.2 * HOUR_MS);
    const { total } = await ask<Report>('/api/reports?days=1');
    expect(total.uptime.percent).toBeGreaterThan(90);
    expect(total.incidents.count).toBeGreaterThan(8);

    await page.goto(`${vitals.url}/incidents`);
    const node = ended.find(({ kind }) => kind === 'node');
    await page.locator(`[data-incident="${node?.id}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`/incidents/${node?.id}$`));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('lost');

    await vitals.stop();
    vitals = await startVitals(settings);
    await expect.poll(async () => (await read()).length, SOON).toBeGreaterThan(8);
    const again = await read();
    expect(again.filter(({ id }) => id === node?.id)).toHaveLength(1);
    const old = ({ startedAtMs }: { startedAtMs: number }) => startedAtMs < startedMs - HOUR_MS;
    expect(again.filter(old).map(({ id }) => id)).toEqual(incidents.filter(old).map(({ id }) => id));
  } finally {
    await vitals.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
