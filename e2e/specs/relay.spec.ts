import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { IncidentsPage } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const TOKEN = 'api-token-0123456789';
const RELAYED = 'other-token-9876543210';
const PASSWORD = 'correct horse battery';
const SOON = { timeout: 60_000 };

// A server on a demo swarm, one that relays it, and one that relays that: each a process of its own.
let demo: DemoProcess;
let source: VitalsServer;
let relay: VitalsServer;
let chain: VitalsServer;
const abort = new AbortController();

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  demo = await startDemoSwarm({ nodes: 6, services: 10, replicas: 30 }, abort.signal);
  source = await startVitals({ ...demo.settings, VITALS_API_TOKEN: TOKEN, VITALS_PASSWORD: PASSWORD });
  relay = await startVitals({
    VITALS_SWARMS: `prod=${source.url}`,
    VITALS_SWARMS_TOKENS: `prod=${TOKEN}`,
    VITALS_API_TOKEN: RELAYED,
    VITALS_PASSWORD: PASSWORD,
  });
  chain = await startVitals({
    VITALS_SWARMS: `prod=${relay.url}`,
    VITALS_SWARMS_TOKENS: `prod=${RELAYED}`,
  });
  for (const server of [source, relay, chain])
    await expect.poll(async () => (await readPicture(server)).ready, SOON).toBe(true);
});
test.afterAll(async () => {
  await chain?.stop();
  await relay?.stop();
  await source?.stop();
  await demo?.close();
});

async function read({ url }: VitalsServer, path: string) {
  const token = url === source.url ? TOKEN : RELAYED;
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
  });
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, text: await answer.text() };
}
const readJson = async <T>(server: VitalsServer, path: string): Promise<T> =>
  JSON.parse((await read(server, path)).text) as T;
const readPicture = (server: VitalsServer) => readJson<SwarmPicture>(server, '/api/swarm');

async function order(command: string, input: object): Promise<void> {
  const answer = await fetch(`${demo.control}/${command}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Every route but the stream, which does not end, with something that there is for each parameter. */
async function listPaths(): Promise<string[]> {
  const { services, nodes } = await readPicture(source);
  const service = services.find(({ replicas }) => replicas.some(({ taskId }) => taskId !== null));
  const replica = service?.replicas[0];
  const { incidents } = await readJson<IncidentsPage>(source, '/api/incidents');
  const names = { name: service?.name ?? '', service: service?.name ?? '', replica: replica?.key ?? '' };
  const own = listRoutes({ ...names, id: replica?.taskId ?? '' }).flatMap(({ name, path }) => {
    if (name.includes('/nodes/[name]')) return [path.replace(names.name, nodes[0]?.hostname ?? '')];
    if (!name.includes('/incidents/[id]')) return [path];
    return incidents.slice(0, 1).map(({ id }) => path.replace(replica?.taskId ?? '', id));
  });
  const more = [
    '/api/places?q=default',
    '/api/events?limit=5',
    `/api/services/${names.name}/log?tail=5`,
    `/api/services/${names.name}/log?format=text`,
    `/api/services/${names.name}/${names.replica}/usage?fromMs=${Date.now() - 300_000}`,
    '/api/reports?format=csv',
    '/api/services/nope',
    '/api/nodes/nope',
    '/services/nope',
    `/?at=${Date.now() - 20_000}`,
  ];
  return [...own, ...more].filter((path) => path !== '/api/stream' && path !== '/api/login');
}

/** What ticks, or is of the process that answers. */
const OWN =
  /^(atMs|revision|epoch|lastReadMs|lastProbe|knownMs|percent|fromMs|untilMs|nextProbeAtMs|readAtMs|sinceMs|usage)$/;
const PROBES = /^(probes|outputs|spans|marks|life|memoryBytes|cpuCores|read|slots|series|incidents)$/;

/** The rest, in order of its fields; of what grows from one question to the next, that it is there. */
function toComparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toComparable);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(
    fields
      .filter(([key]) => !OWN.test(key))
      .map(([key, field]) => [key, PROBES.test(key) ? typeof field : toComparable(field)]),
  );
}

test('every page and every answer of a relay, and of a relay of it, is what its source says', async () => {
  test.setTimeout(240_000);
  const paths = await listPaths();
  expect(paths.length).toBeGreaterThan(40);
  for (const path of paths) {
    if (path === '/metrics' || path === '/api/healthz' || path.startsWith('/login')) continue;
    const [theirs, ours, last] = await Promise.all([
      read(source, path),
      read(relay, path),
      read(chain, path),
    ]);
    expect([ours.status, last.status], path).toEqual([theirs.status, theirs.status]);
    expect([ours.type, last.type], path).toEqual([theirs.type, theirs.type]);
    expect(ours.text + last.text, path).not.toContain(TOKEN);
    if (!theirs.type.includes('json')) continue;
    const expected = toComparable(JSON.parse(theirs.text));
    expect(toComparable(JSON.parse(ours.text)), path).toEqual(expected);
    expect(toComparable(JSON.parse(last.text)), path).toEqual(expected);
  }
});

test('who looks at a relay of a relay sees a probe fail without a reload', async ({ page }) => {
  const { services } = await readPicture(source);
  const service = services.find(({ replicas }) => replicas.some(({ status }) => status === 'healthy'));
  const replica = service?.replicas.find(({ status }) => status === 'healthy');
  await page.goto(`${chain.url}/services/${service?.name}/${replica?.key}`);
  await expect(page.locator('h1')).toContainText(service?.name ?? '?');
  await expect(page.getByText(/Live/)).toBeVisible(SOON);
  await order('flip', { service: service?.name, slot: replica?.slot, to: 'fail' });
  await expect(
    page
      .locator('main')
      .getByText(/failing/i)
      .first(),
  ).toBeVisible(SOON);
});

test('a log is followed through both, as its container writes it', async () => {
  const { services } = await readPicture(source);
  const running = services.flatMap(({ name, replicas }) =>
    replicas.filter((one) => one.taskState === 'running').map(({ key }) => ({ name, key })),
  );
  const [first] = running;
  const path = `/api/services/${first?.name}/${first?.key}/log?follow=1&tail=10`;
  const ending = new AbortController();
  const answer = await fetch(`${chain.url}${path}`, { signal: ending.signal });
  let text = '';
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk);
    if (text.includes('"kind":"lines"')) break;
  }
  ending.abort();
  expect(text).toContain('"state":"following"');
});

test('a monitor of the relay is told how its source is, and the token is nowhere', async () => {
  const { text } = await read(relay, '/metrics');
  expect(text).toContain('swarm_vitals_source_up{swarm="prod"} 1');
  expect(text).not.toContain('swarm_vitals_probes_total');
  const health = await read(relay, '/api/healthz');
  expect(JSON.parse(health.text)).toMatchObject({ source: { name: 'prod', isRead: true, problem: null } });
  for (const { log } of [relay, chain]) {
    expect(log()).not.toContain(TOKEN);
    expect(log()).not.toContain(RELAYED);
  }
});

test('every engine hangs: source, relay and chain say alike that the swarm is not read, and none of them is live', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { services, nodes } = await readPicture(source);
  const path = `/api/status/${services.find(({ verdict }) => verdict === 'healthy')?.name}`;
  const servers = [source, relay, chain];
  const readAll = () =>
    Promise.all(
      servers.map(async (server) => [
        (await read(server, path)).status,
        /^swarm_vitals_swarm_read (\d)/m.exec((await read(server, '/metrics')).text)?.[1],
      ]),
    );
  expect(await readAll()).toEqual(servers.map(() => [200, '1']));
  await page.goto(`${chain.url}/`);
  await expect(page.locator('[data-connection="live"]')).toBeVisible(SOON);
  for (const { hostname: node } of nodes) await order('freeze', { node });
  await expect.poll(readAll, SOON).toEqual(servers.map(() => [503, '0']));
  await expect(page.locator('[data-connection="unread"]')).toHaveText('No manager answers', SOON);
  await expect(page).toHaveTitle(/^(\?|(\d+ )?[✖▲]) /);
  for (const { hostname: node } of nodes) await order('thaw', { node });
  await expect.poll(readAll, SOON).toEqual(servers.map(() => [200, '1']));
  await expect(page.locator('[data-connection="live"]')).toBeVisible(SOON);
});

/** The stack's limit is 768 MB. */
const MAX_BYTES = 450_000_000;

test('a source whose questions hang, and that then sends 70 MB in one piece: the relay lives, and nothing of it is live', async () => {
  test.setTimeout(240_000);
  let mode: 'through' | 'hang' | 'pour' = 'through';
  const hostile = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    const isStream = path.startsWith('/api/stream');
    if (mode === 'hang' && !isStream) return;
    if (mode === 'pour' && isStream) {
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      answer.write('event: snapshot\nid: a\ndata: "');
      let left = 70;
      const pour = (): void => {
        for (; left > 0; left -= 1) if (!answer.write('x'.repeat(1_000_000))) break;
        left -= 1;
        if (left >= 0) answer.once('drain', pour);
      };
      answer.on('error', () => {});
      return pour();
    }
    const { method = 'GET', headers } = asked;
    const forwarded = request(`${source.url}${path}`, { method, headers }, (theirs) => {
      answer.writeHead(theirs.statusCode ?? 502, theirs.headers);
      theirs.on('error', () => answer.destroy());
      theirs.pipe(answer);
    });
    forwarded.on('error', () => answer.destroy());
    answer.on('close', () => forwarded.destroy());
    asked.pipe(forwarded);
  });
  await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
  const own = await startVitals({
    VITALS_SWARMS: `prod=http://127.0.0.1:${(hostile.address() as AddressInfo).port}`,
    VITALS_SWARMS_TOKENS: `prod=${TOKEN}`,
  });
  const verdict = async () => (await readPicture(own)).verdict;
  try {
    await expect.poll(async () => (await readPicture(own)).ready, SOON).toBe(true);
    const well = await verdict();
    mode = 'hang';
    const asked = Promise.all(['/api/events', '/api/reports'].map((path) => read(own, path)));
    // How the swarm is now goes on beside them.
    expect(await verdict()).toBe(well);
    const [events, report] = await asked;
    expect(JSON.parse(events?.text ?? '')).toMatchObject({ events: [], history: { kind: 'broken' } });
    expect([events?.status, report?.status]).toEqual([200, 503]);

    mode = 'pour';
    hostile.closeAllConnections();
    await expect
      .poll(async () => (await readPicture(own)).sentence, SOON)
      .toContain('more than any answer can be');
    expect(await verdict()).toBe('unknown');
    expect((await read(own, '/api/healthz')).status).toBe(200);
    expect(own.readPeakBytes()).toBeLessThan(MAX_BYTES);
    expect(own.log().split('\n').length).toBeLessThan(60);

    mode = 'through';
    hostile.closeAllConnections();
    await expect.poll(verdict, SOON).toBe(well);
  } finally {
    await own.kill();
    hostile.closeAllConnections();
    hostile.close();
  }
});

test('a source that is gone: each page of both says that nothing is known, and nothing is green', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const paths = await listPaths();
  await page.goto(`${chain.url}/`);
  await expect(page.getByText(/Live/)).toBeVisible(SOON);
  await source.kill();
  // A page that was open before.
  await expect(page.getByText('how the swarm is now is not known')).toBeVisible(SOON);
  // That something got well before is an event, and stays one.
  await expect(page.locator('main :is(.s-healthy, .s-running):not(.events-panel *)')).toHaveCount(0);
  for (const server of [relay, chain]) {
    await expect.poll(async () => (await readPicture(server)).verdict, SOON).toBe('unknown');
    const picture = await readPicture(server);
    const statuses = picture.services.flatMap((one) => [one.verdict, ...one.replicas.map((it) => it.status)]);
    expect(new Set(statuses)).toEqual(new Set(['unknown']));
    for (const path of paths.filter((one) => !/^\/(api|fleet)|nope/.test(one))) {
      if (path === '/metrics' || path.startsWith('/login')) continue;
      const { status, text } = await read(server, path);
      expect(status, path).toBe(200);
      expect(text, path).toContain('cannot be read');
      expect(text, path).not.toMatch(/"verdict":\\?"(healthy|running)/);
    }
    const name = picture.services[0]?.name;
    for (const path of [`/api/status/${name}`, `/api/services/${name}`, '/api/reports']) {
      expect([path, (await read(server, path)).status]).toEqual([path, 503]);
      await expect.poll(async () => (await read(server, path)).text, SOON).toContain('cannot be read');
    }
    expect((await read(server, '/metrics')).text).toMatch(/swarm_vitals_source_up\{swarm="prod"\} [01]/);
  }
  expect((await read(relay, '/metrics')).text).toContain('swarm_vitals_source_up{swarm="prod"} 0');
  await source.start();
  for (const server of [relay, chain])
    await expect.poll(async () => (await readPicture(server)).verdict, SOON).not.toBe('unknown');
  await expect(page.getByText('how the swarm is now is not known')).toHaveCount(0, SOON);
});

test('a relay whose token its source does not know says so, and knows nothing', async () => {
  const stranger = await startVitals({
    VITALS_SWARMS: `prod=${source.url}`,
    VITALS_SWARMS_TOKENS: 'prod=wrong-token-0123456789',
  });
  try {
    await expect
      .poll(async () => (await readPicture(stranger)).sentence, SOON)
      .toContain('does not take the token');
    const { ready, services } = await readPicture(stranger);
    expect([ready, services]).toEqual([false, []]);
    expect((await read(stranger, '/api/readyz')).status).toBe(503);
    expect(stranger.log()).not.toContain('wrong-token');
  } finally {
    await stranger.stop();
  }
});

test('two swarms of one name are refused at the start, with what to do instead', async () => {
  const port = await findFreePort();
  const starting = startVitals(
    {
      VITALS_SWARMS: 'prod=https://a.example,prod=https://b.example',
      VITALS_SWARMS_TOKENS: 'prod=token-0123456789abcd',
    },
    port,
  );
  await expect(starting).rejects.toThrow(/two swarms are called prod\. Each has a name of its own/);
});
