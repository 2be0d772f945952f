import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { afterEach, expect, test } from 'vitest';
import { LiveContext, type LiveContextValue } from '#lib/client/live/live-context.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { setBasePath } from '#lib/view/links/to-path.ts';
import { ServiceRow } from './service-row.tsx';
import { TablePortion } from './table-portion.tsx';

const SINCE_MS = Date.UTC(2026, 10, 29, 12);
const MINUTE_MS = 60_000;
const web = buildServicePicture({ id: 'web', name: 'web', sinceMs: SINCE_MS });
const api = buildServicePicture({ id: 'api', name: 'api', sinceMs: SINCE_MS });

afterEach(() => setBasePath(''));

function toLive(services: readonly ServicePicture[], atMs: number): LiveContextValue {
  const byKey = new Map<string, ServicePicture>(services.map((one) => [`service:${one.id}`, one]));
  const store = { readFirst: (key: string) => byKey.get(key), read: (key: string) => byKey.get(key) };
  return {
    renderedAtMs: atMs,
    store: { ...store, subscribe: () => () => {} },
    ticker: { subscribe: () => () => {} },
  } as unknown as LiveContextValue;
}

/** A page with these services, ten of each stack. */
async function drawPortions(services: readonly ServicePicture[]): Promise<string> {
  const ids = services.map(({ id }) => id);
  const bodies = ids.flatMap((_, at) =>
    at % 10 === 0 ? [createElement(TablePortion, { key: at, serviceIds: ids.slice(at, at + 10) })] : [],
  );
  const table = createElement('table', null, bodies);
  const { prelude } = await prerender(
    createElement(LiveContext, { value: toLive(services, SINCE_MS) }, table),
  );
  return new Response(prelude).text();
}

/** The page that the server sends, with the rows in one text or each of its own. */
async function draw(services: readonly ServicePicture[], atMs = SINCE_MS, kept = true): Promise<string> {
  const ids = services.map(({ id }) => id);
  const live = toLive(services, atMs);
  const rows = ids.map((id) => createElement(ServiceRow, { key: id, serviceId: id }));
  const body = kept
    ? createElement(TablePortion, { serviceIds: ids })
    : createElement('tbody', { className: 'services-portion', style: { '--rows': ids.length } }, rows);
  const page = createElement(LiveContext, { value: live }, createElement('table', null, body));
  const { prelude } = await prerender(page);
  return new Response(prelude).text();
}

test('the rows that the server keeps are those that the browser would draw, also the second time', async () => {
  const own = await draw([web, api], SINCE_MS, false);
  expect(await draw([web, api])).toBe(own);
  expect(await draw([web, api])).toBe(own);
  expect(own).toContain('data-service="web"');
});

test('a service that fails is shown failing at the next visit, between those that did not change', async () => {
  await draw([web, api]);
  const failing = { ...web, verdict: 'failing' as const, sentence: 'Replica 1 fails its probes.' };
  const page = await draw([failing, api]);
  expect(page).toBe(await draw([failing, api], SINCE_MS, false));
  expect(page).toContain('data-service="web" data-verdict="failing"');
  expect(page).not.toContain('data-service="web" data-verdict="healthy"');
});

test('a minute later each row is a minute older', async () => {
  const before = await draw([web, api]);
  const later = await draw([web, api], SINCE_MS + 2 * MINUTE_MS);
  expect(later).not.toBe(before);
  expect(later).toBe(await draw([web, api], SINCE_MS + 2 * MINUTE_MS, false));
});

test('one swarm under two names links to each name', async () => {
  await draw([web]);
  setBasePath('/swarms/two');
  const page = await draw([web]);
  expect(page).toBe(await draw([web], SINCE_MS, false));
  expect(page).not.toMatch(/href="\/services/);
  expect(page).toContain('href="/swarms/two/services/web');
});

test('the cells of rows further down than any screen shows at first are left to the browser, all else of them is there', async () => {
  const many = Array.from({ length: 80 }, (_, at) =>
    buildServicePicture({
      id: `s${at}`,
      name: `s${at}`,
      sinceMs: SINCE_MS,
      verdict: at === 78 ? 'failing' : 'healthy',
      replicas: [buildReplica()],
    }),
  );
  const pages = [await drawPortions(many), await drawPortions(many)];
  for (const page of pages) {
    expect(page).toContain('data-replica="s59.1"');
    expect(page).not.toContain('data-replica="s60.1"');
    expect(page).toContain('data-service="s79" data-verdict="healthy"');
  }
  expect(pages[1], 'what is wrong has its cells').toContain('data-replica="s78.1"');
  expect(await drawPortions(many.slice(30))).toContain('data-replica="s79.1"');
});
