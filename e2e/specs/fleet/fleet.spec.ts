import { expect, test } from '@playwright/test';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { FLEET_TOKEN, type FleetLab, startFleet } from '#e2e/support/start-fleet.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import type { FleetPicture, FleetStatus } from '#lib/model/contract/fleet.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { ROUTES } from '#lib/server/access/routes.ts';
import { readEvents } from '#lib/wire/read-events.ts';
import { API_SCHEMAS, OPERATIONS } from '#lib/wire/schema/openapi.ts';

const TOKEN = 'api-token-0123456789';
const PASSWORD = 'correct horse battery';
const SOON = { timeout: 60_000 };

// Three servers on a demo swarm each, and one that shows them all; it has a wrong token for the third.
let lab: FleetLab;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  const settings = { VITALS_API_TOKEN: TOKEN, VITALS_PASSWORD: PASSWORD };
  lab = await startFleet(['prod', 'lab', 'shut'], settings, { shut: 'another-token-0123456789' });
  await expect
    .poll(async () => (await readFleet()).swarms.map(({ state }) => state), SOON)
    .toEqual(['live', 'live', 'silent']);
});
test.afterAll(() => lab?.close());

async function read(path: string, token = TOKEN, url = lab.fleet.url) {
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
const readJson = async <T>(path: string): Promise<T> => JSON.parse((await read(path)).text) as T;
const readFleet = () => readJson<FleetPicture>('/api/fleet');

test('above all swarms stands how each is; one whose token is refused is silent, and keeps nobody back', async () => {
  const { swarms } = await readFleet();
  expect(swarms[0]?.said?.services.total).toBeGreaterThan(5);
  expect(swarms[2]).toMatchObject({ said: null, reason: expect.stringContaining('token') });
  const { text } = await read('/');
  for (const name of ['prod', 'lab', 'shut']) expect(text).toContain(`href="/swarms/${name}"`);
});

test('every page and answer of a swarm is there below its name', async () => {
  test.setTimeout(240_000);
  const { services, nodes } = await readJson<SwarmPicture>('/swarms/prod/api/swarm');
  const service = services.find(({ replicas }) => replicas.some(({ taskId }) => taskId !== null));
  const replica = service?.replicas[0];
  const names = { name: service?.name ?? '', service: service?.name ?? '', replica: replica?.key ?? '' };
  const own = listRoutes({ ...names, id: replica?.taskId ?? '' }).filter(
    ({ name }) => !/stream$|login|logout|fleet|incidents\/\[id\]|signed-out|api\/status$/.test(name),
  );
  expect(own.length).toBeGreaterThan(25);
  for (const { name, path } of own) {
    const asked = name.includes('/nodes/[name]') ? path.replace(names.name, nodes[0]?.hostname ?? '') : path;
    const ofSource = await read(asked, FLEET_TOKEN, lab.sources.get('prod')?.url);
    const { status, text } = await read(`/swarms/prod${asked === '/' ? '' : asked}`);
    expect(status, asked).toBe(ofSource.status);
    if (asked.startsWith('/api/') || asked === '/metrics') continue;
    expect(text, asked).toContain('data-base="/swarms/prod"');
    // No way leads out of the swarm without being meant to.
    const links = [...text.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href = '']) => href);
    expect(
      links.filter((href) => !/^\/swarms\/prod([/?#]|$)/.test(href) && href !== '/'),
      asked,
    ).toEqual([]);
  }
});

test('without a session or a token nothing is told of any swarm, nor which there are, and a relay is asked nothing', async () => {
  const strangers = [{}, { authorization: `Bearer ${FLEET_TOKEN}` }, { 'x-vitals-swarm': 'prod' }];
  for (const below of ['', '/swarms/prod', '/swarms/nope', '/swarms/PROD'])
    for (const { name, path } of listRoutes()) {
      // Those are for anybody, and say no more than that this process is up.
      if (/^.(login|api.(login|logout|healthz|signed-out))/.test(name)) continue;
      if (below === '' && name === '/api/readyz') continue;
      for (const headers of strangers) {
        const answer = await fetch(`${lab.fleet.url}${below}${path}`, { headers, redirect: 'manual' });
        expect(ROUTES[name]?.isPosted ? [401, 405] : [303, 401], `${below}${path}`).toContain(answer.status);
        expect(await answer.text(), `${below}${path}`).not.toMatch(/shop_|"swarms"|"services"/);
      }
    }
});

test('what leads to no swarm is not found, and names those that there are', async () => {
  for (const path of ['/swarms/nope', '/services/web', '/fleet', '/swarms/prod/fleet', '/swarms'])
    expect((await read(path)).status, path).toBe(404);
  expect((await read('/swarms/nope/nodes')).text).toContain('/swarms/lab');
  const { status, text } = await read('/swarms/nope/api/swarm');
  expect([status, JSON.parse(text)]).toEqual([
    404,
    expect.objectContaining({ swarms: ['prod', 'lab', 'shut'] }),
  ]);
  // Nobody says for themselves which swarm it is about.
  const answer = await fetch(`${lab.fleet.url}/api/swarm`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'x-vitals-swarm': 'prod' },
  });
  expect(answer.status).toBe(404);
});

test('what is above all swarms is answered as it is documented', async () => {
  for (const { path, answers } of OPERATIONS) {
    if (!/^\/api\/(fleet(\/(search|events|incidents))?|status)$/.test(path)) continue;
    const { status, text } = await read(path.endsWith('search') ? `${path}?q=default` : path);
    const { error } = API_SCHEMAS[answers[status as 200 | 503]?.schema ?? 'Error'].safeParse(
      JSON.parse(text),
    );
    expect(error?.issues.slice(0, 3) ?? [], path).toEqual([]);
  }
  const abort = new AbortController();
  const answer = await fetch(`${lab.fleet.url}/api/fleet/stream`, {
    headers: { authorization: `Bearer ${TOKEN}` },
    signal: abort.signal,
  });
  const kinds: string[] = [];
  const reading = readEvents(answer.body as ReadableStream<Uint8Array>, ({ event, data }) => {
    const { error } = API_SCHEMAS.FleetMessage.safeParse(JSON.parse(data));
    kinds.push(error === undefined ? event : error.message);
  }).catch(() => {});
  await expect.poll(() => kinds, SOON).toEqual(expect.arrayContaining(['fleet', 'beat']));
  abort.abort();
  await reading;
  expect(kinds.filter((kind) => !/^(fleet|swarm|events|beat)$/.test(kind))).toEqual([]);
});

test('another relay reads one of them as it reads any server', async () => {
  const chain = await startVitals({
    VITALS_SWARMS: `prod=${lab.fleet.url}/swarms/prod`,
    VITALS_SWARMS_TOKENS: `prod=${TOKEN}`,
  });
  try {
    const readChain = async () =>
      JSON.parse((await read('/api/swarm', TOKEN, chain.url)).text) as SwarmPicture;
    await expect.poll(async () => (await readChain()).ready, SOON).toBe(true);
    const own = await readJson<SwarmPicture>('/swarms/prod/api/swarm');
    expect((await readChain()).services.map(({ name }) => name)).toEqual(
      own.services.map(({ name }) => name),
    );
  } finally {
    await chain.stop();
  }
});

test('one sign-in is for all of them, and leads back to where it began', async ({ page }) => {
  await page.goto(`${lab.fleet.url}/swarms/prod/nodes`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${lab.fleet.url}/swarms/prod/nodes`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live', SOON);
  await page.getByRole('link', { name: 'Matrix' }).first().click();
  await expect(page).toHaveURL(`${lab.fleet.url}/swarms/prod/matrix`);
  await page.goto(`${lab.fleet.url}/swarms/lab`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live', SOON);
  await expect(page).toHaveTitle(/lab/);
});

test('metrics have the swarm of each, and a monitor hears of what is silent', async () => {
  const { text } = await read('/metrics');
  expect(text).toMatch(/^swarm_vitals_source_up\{swarm="prod"\} 1$/m);
  expect(text).toMatch(/^swarm_vitals_source_up\{swarm="shut"\} 0$/m);
  expect(text).toMatch(/^swarm_vitals_service_ok\{swarm="lab",/m);
  const { status, text: body } = await read('/api/status');
  expect(status).toBe(503);
  expect((JSON.parse(body) as FleetStatus).swarms[2]).toMatchObject({
    name: 'shut',
    ok: false,
    verdict: 'unknown',
  });
  expect((await read('/api/readyz')).status).toBe(200);
});

test('a swarm whose server is gone is unknown everywhere, with its age, and the others are live', async () => {
  test.setTimeout(120_000);
  await lab.sources.get('lab')?.kill();
  await expect.poll(async () => (await readFleet()).swarms[1]?.state, SOON).toBe('silent');
  const { swarms } = await readFleet();
  expect(swarms[0]?.state).toBe('live');
  expect(swarms[1]).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED') });
  expect(swarms[1]?.said?.services.total).toBeGreaterThan(5);
  expect(Date.now() - (swarms[1]?.heardAtMs ?? 0)).toBeLessThan(60_000);
  const own = await readJson<SwarmPicture>('/swarms/lab/api/swarm');
  const statuses = new Set(own.services.flatMap(({ replicas }) => replicas.map(({ status }) => status)));
  expect([...statuses]).toEqual(['unknown']);
  const { text } = await read('/metrics');
  expect(text).not.toMatch(/^swarm_vitals_service_ok\{swarm="lab"/m);
  await lab.sources.get('lab')?.start();
  await expect.poll(async () => (await readFleet()).swarms[1]?.state, SOON).toBe('live');
});
