import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { readIncident, readIncidents, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { Report } from '#lib/model/contract/report.ts';

/** A heartbeat, a restart delay and a rollback take their time, and a busy machine takes more. */
const SOON = { timeout: 120_000 };

let demo: DemoProcess;
let vitals: VitalsServer;
const folder = mkdtempSync(join(tmpdir(), 'vitals-incidents-'));
const abort = new AbortController();

test.beforeAll(async () => {
  test.setTimeout(180_000);
  demo = await startDemoSwarm({ nodes: 5, services: 8, replicas: 28 }, abort.signal);
  vitals = await startVitals({ ...demo.settings, VITALS_DATA: folder });
});

test.afterAll(async () => {
  await vitals?.stop();
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function order(command: string, input: object): Promise<void> {
  const answer = await fetch(`${demo.control}/${command}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(await answer.text());
}

const has = (service: string) => (one: Incident) => one.services.some(({ name }) => name === service);

test('a lost node, a crash loop and a rolled-back update are each one, from the first sign to the end, over a restart', async ({
  page,
}) => {
  test.setTimeout(400_000);
  await expect.poll(async () => (await readSwarm(vitals)).verdict, SOON).toMatch(/^(healthy|running)$/);
  expect((await readIncidents(vitals)).incidents).toEqual([]);
  // Without a check the demo's replicas do not crash again.
  const replicated = (await readSwarm(vitals)).services
    .filter(({ healthCheck }) => healthCheck !== null)
    .filter(({ mode, replicas }) => mode.kind === 'replicated' && replicas.length >= 2)
    // Neither has its first replica where power is lost: each is its own story.
    .filter(({ replicas }) => replicas[0]?.hostname !== 'node-05');
  // A long start only takes time.
  const startMs = ({ healthCheck }: ServicePicture) => healthCheck?.startPeriodMs ?? 0;
  const [updated, looping] = replicated.sort(
    (a, b) => startMs(a) - startMs(b) || a.replicas.length - b.replicas.length,
  );
  if (looping === undefined || updated === undefined) throw new Error('The demo has too few services.');
  await order('update', { service: updated.name, fails: true });
  await order('crash', { service: looping.name });
  await order('node-down', { node: 'node-05' });

  const read = async (query = '') => (await readIncidents(vitals, query)).incidents;
  const findNode = (all: Incident[]) => all.find(({ kind }) => kind === 'node');
  const findLoop = (all: Incident[]) => all.find(({ kind }) => kind === 'crash-loop');
  const findUpdate = (all: Incident[]) => all.find(({ kind }) => kind === 'update');
  await expect
    .poll(async () => {
      const all = await read();
      return [findNode(all)?.title, findLoop(all)?.title, findUpdate(all)?.services[0]?.name];
    }, SOON)
    .toEqual(['node-05 lost', `${looping.name}: crash loop`, updated.name]);
  const before = await read();
  expect(before.filter(has(looping.name)).filter(({ kind }) => kind !== 'node')).toHaveLength(1);
  const node = findNode(before);
  const loop = findLoop(before);
  if (node === undefined || loop === undefined) throw new Error('They went.');

  await page.goto(`${vitals.url}/`);
  await page.locator(`[data-incident="${node.id}"]`).click();
  await expect(page).toHaveURL(`${vitals.url}/incidents/${node.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('node-05 lost');
  await expect(page.locator('[data-lane]').first()).toBeAttached();

  await vitals.kill();
  const killedAtMs = Date.now();
  await vitals.start();
  await expect.poll(async () => (await readSwarm(vitals)).ready, SOON).toBe(true);
  await expect
    .poll(async () => (await read('state=open')).map(({ id }) => id), SOON)
    .toEqual(expect.arrayContaining([node.id, loop.id]));

  await order('node-up', { node: 'node-05' });
  await order('crash', { service: looping.name, on: false });
  await expect(page.locator('[data-incident-state="over"]')).toBeVisible(SOON);
  // What else happens in a swarm meanwhile is none of these.
  const known = new Set(before.map(({ id }) => id));
  await expect
    .poll(async () => (await read()).filter(({ id }) => known.has(id)).map(({ state }) => state), SOON)
    .toEqual(before.map(() => 'over'));
  const after = await read();
  const update = await readIncident(vitals, findUpdate(before)?.id ?? '');
  expect(update.events.map(({ text }) => text).join(' ')).toContain('rolled back');
  expect(after.filter(({ kind }) => kind === 'node').map(({ id }) => id)).toEqual([node.id]);
  expect(after.filter(has(looping.name)).filter(({ kind }) => kind === 'crash-loop')).toHaveLength(1);
  expect(findNode(after)?.counts.moved).toBeGreaterThan(0);
  expect(findLoop(after)?.counts.ends).toBeGreaterThan(1);
  await page.goto(`${vitals.url}/incidents`);
  for (const { id } of before) await expect(page.locator(`[data-incident="${id}"]`)).toBeVisible();

  // All of it on one axis: the incidents as bars, when the server was away as not known; what is dragged over is chosen.
  await page.goto(`${vitals.url}/timeline`);
  const bar = (id: string) => page.locator(`[data-lane="incidents"] a[href$="/incidents/${id}"]`);
  for (const { id } of before) await expect(bar(id)).toBeAttached();
  await expect(page.locator('[data-unknown]').first()).toBeAttached();
  await page.goto(`${vitals.url}/events`);
  await expect(page.locator('[data-lane="deploys"] .timeline-mark').first()).toBeVisible();
  const drag = await page.locator('.timeline-drag').boundingBox();
  if (drag === null) throw new Error('There is no axis.');
  const y = drag.y + drag.height - 4;
  await page.mouse.move(drag.x + drag.width * 0.1, y);
  await page.mouse.down();
  await page.mouse.move(drag.x + drag.width * 0.4, y, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d+&until=\d+/);
  const chosen = new URL(page.url()).searchParams;
  await page.getByRole('slider', { name: 'End of the chosen time' }).press('ArrowRight');
  await expect
    .poll(() => Number(new URL(page.url()).searchParams.get('until')))
    .toBeGreaterThan(Number(chosen.get('until')));
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/from=/);

  // As it was: while the node was lost, while nobody looked, and at no moment at all.
  await page.goto(`${vitals.url}/?at=${node.startedAtMs + 2_000}`);
  await expect(page.locator('.past-banner')).toBeVisible();
  await expect(page.locator(`[data-past="${looping.name}"]`)).toBeVisible();
  await expectAccessible(page, 'the past');
  await page.locator(`[data-past="${looping.name}"] a`).first().click();
  await expect(page.locator('[data-replica]').first()).toBeVisible();
  await page.getByRole('link', { name: 'back to live' }).click();
  await expect(page).toHaveURL(`${vitals.url}/services/${looping.name}`);
  await page.goto(`${vitals.url}/?at=${killedAtMs}`);
  await expect(page.locator('[data-unknown]')).toBeVisible();
  await expect(page.locator('[data-past]')).toHaveCount(0);
  // Nor is no incident, or nothing that happened, good news of a time in which nobody looked.
  for (const path of ['events', 'incidents']) {
    await page.goto(`${vitals.url}/${path}?at=${killedAtMs}`);
    await expect(page.locator('[data-unknown]')).toContainText('nobody looked');
  }
  // The filter is kept, and what is so now changes nothing of what was.
  await page.goto(`${vitals.url}/?q=${looping.name}&at=${node.startedAtMs + 2_000}`);
  await expect(page.locator('[data-past]')).toHaveCount(1);
  const groups = page.locator('.past-counts, .past-groups');
  const then = await groups.allTextContents();
  await expect(page).toHaveTitle(/^⏱ \d\d:\d\d:\d\d /);
  await order('crash', { service: looping.name });
  // The page has the stream, as each has.
  await expect.poll(async () => (await readSwarm(vitals)).verdict, SOON).toMatch(/^(degraded|down)$/);
  await expect(page).toHaveTitle(/^⏱ \d\d:\d\d:\d\d /);
  expect(await groups.allTextContents()).toEqual(then);
  await page.goto(`${vitals.url}/?q=${looping.name}&at=${killedAtMs}`);
  await expect(page.locator('.past-banner').getByRole('link', { name: 'Matrix' })).toHaveAttribute(
    'href',
    `/matrix?q=${looping.name}&at=${killedAtMs}`,
  );
  await page.getByRole('link', { name: 'back to live' }).click();
  await expect(page).toHaveURL(`${vitals.url}/?q=${looping.name}`);
  for (const [asked, kind] of [
    ['yesterday', 'nonsense'],
    ['1000', 'before'],
    [String(Date.now() + 3_600_000), 'future'],
  ]) {
    await page.goto(`${vitals.url}/nodes?at=${asked}`);
    await expect(page.locator(`[data-no-moment="${kind}"]`)).toBeVisible();
  }
});

test('the day’s report counts the same, as a page, as JSON and as CSV', async ({ page }) => {
  const { incidents } = await readIncidents(vitals);
  const loop = incidents.find(({ kind }) => kind === 'crash-loop')?.services[0]?.name ?? '';
  const report = async (query = '') => {
    const answer = await fetch(`${vitals.url}/api/reports?days=1${query}`);
    return (await answer.json()) as Report;
  };
  const find = async () => (await report()).services.find(({ name }) => name === loop);
  await expect.poll(async () => (await find())?.restarts[0]?.count ?? 0, SOON).toBeGreaterThan(1);
  const whole = await report();
  expect(whole.total.incidents.count).toBeGreaterThanOrEqual(3);
  expect(whole.total.uptime.down + whole.total.uptime.reduced).toBeGreaterThan(0);
  // The server was killed for a moment, and nobody knows what was then.
  expect(whole.total.uptime.unknown).toBeGreaterThan(0);
  const stack = whole.services.find(({ name }) => name === loop)?.stack ?? '';
  const ofStack = await report(`&stack=${stack}`);
  expect(new Set(ofStack.services.map((one) => one.stack))).toEqual(new Set([stack]));

  // As it is copied, for who has no script.
  for (const path of [`reports?days=1&service=${loop}&`, `incidents/${incidents[0]?.id}?`]) {
    const markdown = await fetch(`${vitals.url}/api/${path}format=md`);
    expect(markdown.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await markdown.text()).toMatch(new RegExp(`^# [^]*<${vitals.url}/(reports|incidents)`));
  }
  const csv = await fetch(`${vitals.url}/api/reports?days=1&service=${loop}&format=csv`);
  expect(csv.headers.get('content-disposition')).toContain(`report-${loop}-1d-`);
  expect((await csv.text()).split('\r\n')[1]).toMatch(new RegExp(`^${loop},${stack},no,`));
  for (const [query, status] of [
    ['days=2', 400],
    ['format=xml', 400],
    ['service=nobody', 404],
  ] as const)
    expect((await fetch(`${vitals.url}/api/reports?${query}`)).status, query).toBe(status);

  await page.goto(`${vitals.url}/reports?days=1&order=worst`);
  const row = page.locator(`[data-service="${loop}"]`);
  await expect(row).toContainText('exited by itself');
  await expect(page.locator('[data-kept-since]')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.report-links')).toBeHidden();
  await expect(row).toBeVisible();
});
