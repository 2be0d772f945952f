import { expect, type Page, test } from '@playwright/test';
import { type StartedSubject, startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectLive } from '#e2e/support/expect-status.ts';
import { readIncidents, readSwarm } from '#e2e/support/read-api.ts';

/** A worker is lost, and services end again and again. */
const SIZE = { nodes: 10, services: 30, replicas: 240 };
const CRASHING = 9;
const FAILING = 12;
/** A busy machine takes its time. */
const SOON = { timeout: 120_000 };

let subject: StartedSubject;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  subject = await startVitalsSubject({ size: SIZE, profile: null, signal: new AbortController().signal });
  await order('node-down', { node: 'node-10' });
  const names = [...new Set(subject.targets.map(({ service }) => service))];
  for (const service of names.slice(0, CRASHING)) await order('crash', { service });
  for (const { service, slot } of subject.targets.slice(0, FAILING))
    await order('flip', { service, slot, to: 'fail' });
  const kinds = async () => (await readIncidents(subject)).incidents.map(({ kind }) => kind);
  await expect.poll(kinds, SOON).toContain('node');
});

test.afterAll(() => subject?.close());

async function order(command: string, input: object): Promise<void> {
  await fetch(`${subject.control}/${command}`, { method: 'POST', body: JSON.stringify(input) });
}

interface Pages {
  service: string;
  incident: string;
}

async function findPages(): Promise<Pages> {
  const { services } = await readSwarm(subject);
  const found = services.find(({ mode, replicas }) => mode.kind === 'replicated' && replicas.length > 4);
  const { incidents } = await readIncidents(subject, '?limit=50');
  const node = incidents.find(({ kind }) => kind === 'node');
  if (!found || !node) throw new Error('There is no such service, or no such incident.');
  return { service: `/services/${found.name}`, incident: `/incidents/${node.id}` };
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${subject.url}${path}`);
  if (!path.includes('at=')) await expectLive(page);
}

test('on a bad day axe finds nothing serious, on a phone too, and no page is wider than its screen', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const { service, incident } = await findPages();
  const moment = Date.now() - 5_000;
  const paths = [
    ...['/', '/nodes', '/nodes/node-10', '/incidents', '/wall', '/wall?views=matrix'],
    ...[incident, `${service}/compare`, `/?at=${moment}`, `/matrix?at=${moment}`],
  ];
  for (const path of paths) {
    for (const [width, colorScheme] of [
      [1440, 'dark'],
      [390, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await visit(page, path);
      await expectAccessible(page, `${path} at ${width}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(over, `${path} at ${width}: so much wider`).toBeLessThanOrEqual(0);
    }
  }
});
