import { readFile } from 'node:fs/promises';
import { images } from '#e2e/lab/images.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { readReplica, readServiceDetail } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

const TALK = [
  "printf '\\033[31mred line\\033[0m <b>not bold</b>\\n'; i=0;",
  'while :; do i=$((i+1)); echo "tick $i"; [ $((i%3)) = 0 ] && echo "oops $i" >&2; sleep 0.3; done',
].join(' ');
const sh = (script: string) => ['sh', '-c', script];

interface Stats {
  logs: { viewers: number; containers: number } | null;
  docker: { bytesRead: number }[];
}

async function readStats({ url }: VitalsServer): Promise<Stats> {
  return (await fetch(`${url}/api/healthz`)).json();
}

test('the logs of a service are followed together, searched, paused and kept; nobody looking, nothing is read', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('talking', {
    image: images.sleep,
    flags: ['--replicas', '2'],
    command: sh(TALK),
  });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'running');
  await expectStatus(toReplica(page, name, '2'), 'running');
  await page.goto(`/services/${name}`);
  await page.getByRole('link', { name: 'Container log' }).click();
  await expect(page).toHaveURL(`/services/${name}/log`);

  const rows = page.locator('.log-row');
  const box = page.getByRole('region', { name: 'Log lines' });
  await expect(page.getByText('Following 2 containers.')).toBeVisible();
  for (const slot of ['.1', '.2']) {
    await expect(rows.filter({ has: page.locator('.log-from', { hasText: slot }) }).first()).toBeAttached();
  }
  const newest = async () =>
    Number(
      /tick (\d+)/.exec((await rows.allInnerTexts()).findLast((one) => one.includes('tick')) ?? '')?.[1],
    );
  const before = await newest();
  await expect.poll(newest, 'it follows').toBeGreaterThan(before + 2);

  const oops = rows.filter({ hasText: 'oops 3' }).first();
  await expect(oops).toHaveAttribute('data-stream', 'stderr');
  await expect(oops, 'not by colour alone').toContainText('err');
  await expect(page.locator('.ansi-red').first()).toHaveText('red line');
  await expect(rows.filter({ hasText: '<b>not bold</b>' }).first(), 'markup is text').toBeAttached();
  await expect(box.locator('b')).toHaveCount(0);
  const moments = await rows
    .locator('time')
    .evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
  const times = moments.slice(1);
  expect(times, 'by time, whichever replica').toEqual(times.toSorted());

  await page.getByRole('searchbox').fill('oops');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-current] mark')).toHaveText('oops');
  await expect(page.locator('.log-count')).toHaveText(/^\d+ of \d+$/);
  await expect(page.getByRole('button', { name: /new lines? ↓/ }), 'paused, it counts').toBeVisible();
  await page.getByRole('button', { name: 'Only matches' }).click();
  for (const text of await rows.allInnerTexts()) expect(text).toContain('oops');
  await page.getByRole('button', { name: 'Only matches' }).click();
  await page.getByRole('button', { name: /new lines? ↓/ }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();

  const hidden = () => box.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  await expect.poll(hidden, 'there is something to scroll up to').toBeGreaterThan(100);
  await box.hover();
  await page.mouse.wheel(0, -400);
  await expect(
    page.getByRole('button', { name: 'Follow', exact: true }),
    'scrolled up, it pauses',
  ).toBeVisible();
  await page.mouse.wheel(0, 40_000);
  await expect(page.getByRole('button', { name: 'Pause' }), 'back at its end, it follows').toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${name}-[\\d-]+\\.log$`));
  const text = await readFile(await download.path(), 'utf8');
  for (const line of [
    `${name}.1 out tick 1`,
    `${name}.2 out tick 1`,
    `${name}.1 err oops 3`,
    'red line <b>',
  ]) {
    expect(text).toContain(line);
  }
  expect(text).not.toContain('\u001b');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${page.url()} ${colorScheme}`);
  }

  expect((await readStats(swarm.vitals)).logs).toEqual({ viewers: 1, containers: 2 });
  await page.goto('/');
  await expect
    .poll(async () => (await readStats(swarm.vitals)).logs, 'the engines are left in peace')
    .toEqual({ viewers: 0, containers: 0 });
});

test('what a dead container said is there while the container is, and only ours can be asked for', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('last', {
    image: images.sleep,
    flags: ['--restart-delay', '300s'],
    command: sh('echo "these were my last words" >&2; exit 3'),
  });
  const other = await services.create('other', { image: images.sleep });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'failed');
  await page.goto(`/services/${name}/1`);
  await page.getByRole('heading', { name: 'Container log' }).scrollIntoViewIfNeeded();
  await expect(page.locator('.log-row').first()).toContainText('these were my last words');
  await expect(page.getByText('The container has stopped: this is all it wrote.')).toBeVisible();

  const { url } = swarm.vitals;
  const { tasks } = (await readServiceDetail(swarm.vitals, name)).slots[0] ?? { tasks: [] };
  const dead = tasks.find(({ state }) => state === 'failed');
  const api = `${url}/api/services/${name}/1/log?task=${dead?.id}`;
  const answer = await (await fetch(api)).json();
  expect(answer).toMatchObject({
    sources: [{ key: '1', error: null }],
    lines: [{ stream: 'stderr', text: 'these were my last words' }],
  });
  await page.goto(`/services/${name}/1/log?task=${dead?.id}`);
  await expect(page.locator('.log-row').first()).toContainText('these were my last words');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${page.url()} ${colorScheme}`);
  }

  const host = swarm.lab.hosts.find(
    (one) => one.name === dead?.hostname || dead?.hostname?.endsWith(one.name),
  );
  await host?.docker('rm', '--force', dead?.container?.id ?? '');
  const gone = await (await fetch(api)).json();
  expect(gone.sources[0].error).toBe('The container is gone, and its log with it.');

  const foreign = (await readReplica(swarm.vitals, other)).taskId;
  for (const path of [`${name}/1/log?task=${foreign}`, `${name}/${dead?.container?.id}/log`, 'none/log']) {
    expect((await fetch(`${url}/api/services/${path}`)).status, path).toBe(404);
  }
});

test('a container that floods its log costs lines, not the engine, the server or the page', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('flood', {
    image: images.sleep,
    flags: ['--log-opt', 'max-size=4m', '--log-opt', 'max-file=2'],
    command: sh('while :; do yes "a line of a flood that nobody can read" | head -n 10000; sleep 0.2; done'),
  });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'running');
  const before = await readStats(swarm.vitals);
  const memoryBytes = swarm.vitals.readMemoryBytes();
  await page.goto(`/services/${name}/1/log`);
  await expect(page.locator('.log-note').last()).toContainText(
    'lines left out: it writes faster than is shown',
  );
  await page.getByRole('searchbox').fill('flood');
  await expect(page.locator('mark').first()).toBeAttached();
  await expect.poll(() => page.locator('.log-row').count()).toBeGreaterThan(1_000);
  expect(await page.locator('.log-row').count(), 'the page keeps no more').toBeLessThan(5_300);
  const { docker } = await readStats(swarm.vitals);
  const read = docker.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  const readBefore = before.docker.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  expect(read - readBefore, 'bytes read from the engines').toBeLessThan(20_000_000);
  expect(swarm.vitals.readMemoryBytes() - memoryBytes, 'memory of the server').toBeLessThan(120_000_000);
});

test('switched off, no log is to be had', async ({ page, swarm, services }) => {
  const name = await services.create('mute', { image: images.sleep });
  const vitals = await startVitals({ ...swarm.settings, VITALS_LOGS: 'off' });
  try {
    await page.goto(vitals.url);
    await expectStatus(toReplica(page, name), 'running');
    for (const path of [
      `${name}/log`,
      `${name}/1/log`,
      `${name}/1/log?follow=1`,
      `${name}/log?format=text`,
    ]) {
      const response = await fetch(`${vitals.url}/api/services/${path}`);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('VITALS_LOGS=off');
    }
    await page.goto(`${vitals.url}/services/${name}/1`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
    await expect(page.getByText('Container log', { exact: true })).toHaveCount(0);
    await page.goto(`${vitals.url}/services/${name}/log`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Container logs are switched off');
  } finally {
    await vitals.kill();
  }
});
