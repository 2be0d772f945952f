import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { ask } from '#e2e/support/ask.ts';
import { expectAccessibleDarkAndLight } from '#e2e/support/expect-accessible.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { SilencesPage } from '#lib/model/contract/silence.ts';

const SOON = { timeout: 60_000 };

let demo: DemoProcess;
let vitals: VitalsServer;
const folder = mkdtempSync(join(tmpdir(), 'vitals-silences-'));
const abort = new AbortController();

test.beforeAll(async () => {
  test.setTimeout(180_000);
  demo = await startDemoSwarm({ nodes: 3, services: 6, replicas: 18 }, abort.signal);
  vitals = await startVitals({ ...demo.settings, VITALS_DATA: folder });
});

test.afterAll(async () => {
  await vitals?.stop();
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (path: string, body: string, headers: Record<string, string>) =>
  fetch(`${vitals.url}${path}`, { method: 'POST', body, headers });
const readSilences = async () => (await (await fetch(`${vitals.url}/api/silences`)).json()) as SilencesPage;

test('a person silences a problem, which stays what it is, and ends it again', async ({ page, browser }) => {
  test.setTimeout(240_000);
  await expect.poll(async () => (await readSwarm(vitals)).verdict, SOON).toMatch(/^(healthy|running)$/);
  const name = (await readSwarm(vitals)).services.find(
    ({ mode, healthCheck }) => mode.kind === 'replicated' && healthCheck !== null,
  )?.name;
  if (name === undefined) throw new Error('The demo has no such service.');
  await fetch(`${demo.control}/crash`, { method: 'POST', body: JSON.stringify({ service: name }) });
  await page.goto(`${vitals.url}/services/${name}`);
  const head = page.locator(`.detail-head[data-service="${name}"]`);
  await expect(head).toHaveAttribute('data-verdict', /^(down|degraded|failing)$/, SOON);

  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expectAccessibleDarkAndLight(page, 'the dialog');
  await dialog.getByRole('radio', { name: '4 hours' }).check();
  // However bad it gets: a crash loop is down one moment and degraded the next.
  const worse = dialog.getByRole('checkbox');
  if (await worse.isVisible()) await worse.uncheck();
  const comment = dialog.getByLabel('Comment');
  await comment.fill('Known: ticket 42.');
  const box = await comment.boundingBox();
  if (box === null) throw new Error('The comment is not drawn.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(2, 2);
  await page.mouse.up();
  await expect(comment, 'who selects text and lets go beside the box loses nothing').toHaveValue(
    'Known: ticket 42.',
  );
  await dialog.getByRole('button', { name: 'Silence it' }).click();
  await expect(dialog).toBeHidden();
  await expect(head.locator('[data-silenced]')).toContainText('Known: ticket 42.', SOON);
  await expect(head).toHaveAttribute('data-verdict', /^(down|degraded|failing)$/);

  await page.goto(`${vitals.url}/wall`);
  const wall = page.locator('.wall');
  await expect(wall).toHaveAttribute('data-silenced', '1', SOON);
  await expect(wall).toHaveAttribute('data-problems', '0');
  await expect(wall).toHaveAttribute('data-tone', 'bad');
  await expect(wall).toContainText('1 silenced until');
  await expect(wall).toContainText('1 service needs attention');

  await page.goto(vitals.url);
  await expect(page.locator('[data-silenced-count="1"]')).toHaveText('1 silenced');
  // Between two crashes it is on its way up for a moment.
  const readStatus = async () => (await fetch(`${vitals.url}/api/status/${name}`)).status;
  await expect.poll(readStatus, { ...SOON, message: 'a monitor is told what is so' }).toBe(503);
  const readMetrics = async () => (await fetch(`${vitals.url}/metrics`)).text();
  await expect.poll(readMetrics, SOON).toContain('swarm_vitals_service_silenced{');

  await page.goto(`${vitals.url}/silences`);
  const row = page.locator('[data-silence-state="active"]');
  await expect(row).toContainText('Known: ticket 42.');
  const plain = await browser.newPage({ javaScriptEnabled: false });
  for (const path of ['/silences', `/services/${name}`]) {
    await plain.goto(`${vitals.url}${path}`);
    await expect(plain.locator('main')).toContainText('Known: ticket 42.');
    await expect(
      plain.getByRole('button', { name: /^(Silence|End now)/ }),
      'it would do nothing',
    ).toHaveCount(0);
  }
  await plain.close();
  await expectAccessibleDarkAndLight(page, '/silences');
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow(), 'nobody scrolls sideways on a phone').toBeLessThanOrEqual(0);
  await row.getByRole('button', { name: `End now: ${name}` }).click();
  await expect(page.locator('[data-silence-state="over"]')).toContainText('Ended at');
  await expect(page.locator('[data-silence-state="active"]')).toHaveCount(0);
  await page.goto(`${vitals.url}/wall`);
  await expect(wall).toHaveAttribute('data-silenced', '0', SOON);
});

test('a silence outlives a restart, and nobody makes one with a form of another site', async () => {
  test.setTimeout(180_000);
  await expect.poll(async () => (await readSwarm(vitals)).services.length, SOON).toBeGreaterThan(0);
  const [service] = (await readSwarm(vitals)).services;
  const wanted = JSON.stringify({
    target: { kind: 'service', name: service?.name },
    untilMs: Date.now() + 3_600_000,
    comment: 'one\u202Etwo',
  });
  const json = { 'content-type': 'application/json' };
  const before = (await readSilences()).silences.length;
  for (const [headers, status] of [
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
    [{ ...json, 'sec-fetch-site': 'cross-site' }, 403],
    [{ ...json, origin: 'http://evil.example' }, 403],
  ] as const)
    expect((await post('/api/silences', wanted, headers)).status, JSON.stringify(headers)).toBe(status);
  // As a browser sends one; `fetch` of Node says for itself how it asks.
  const asForm = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' };
  expect((await ask(`${vitals.url}/api/silences`, asForm, { form: '{}' })).status).toBe(403);
  expect((await post('/api/silences', '{', json)).status).toBe(400);
  expect((await post('/api/silences', JSON.stringify({ a: 'x'.repeat(9_000) }), json)).status).toBe(413);
  expect((await readSilences()).silences).toHaveLength(before);
  const made = await post('/api/silences', wanted, json);
  expect(made.status).toBe(201);
  const { id, comment } = (await made.json()) as { id: string; comment: string };
  expect(comment).toBe('one[U+202E]two');
  await vitals.stop();
  vitals = await startVitals({ ...demo.settings, VITALS_DATA: folder });
  await expect
    .poll(async () => (await readSilences()).silences.map((one) => [one.id, one.ended]), SOON)
    .toContainEqual([id, null]);
  expect((await post(`/api/silences/${id}/end`, '{"atMs":1}', json)).status).toBe(400);
  expect((await post(`/api/silences/${id}/end`, '{}', json)).status).toBe(200);
  expect((await post(`/api/silences/${id}/end`, '', {})).status, 'it is over already').toBe(409);
});
