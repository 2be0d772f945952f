import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PlacesPage } from '#lib/model/contract/place.ts';
import { type Scope, WHOLE } from '#lib/model/contract/scope.ts';
import { NO_PLACES } from '#lib/model/derive/find-places.ts';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { RELAY_PATH } from '#lib/relay/question.ts';
import { SCOPE_HEADER } from '#lib/server/access/guard-request.ts';
import { listShownBy } from '#lib/server/answers/list-shown.ts';
import { parseConfig } from '#lib/server/config.ts';
import { createRelayedVitals } from '#lib/server/relay/create-relayed-vitals.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { sendJson, startTestServer, type TestServer } from '#lib/testing/start-test-server.ts';
import { systemClock } from '#lib/watch/clock.ts';
import { encodeMessage } from '#lib/wire/encode-message.ts';
import type { FleetMessage } from '#lib/wire/fleet-message.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { readEvents } from '#lib/wire/read-events.ts';
import { english } from '#lib/words/english.ts';
import { createFleet } from './create-fleet.ts';
import { beginSwarmPaths } from './current-swarm.ts';
import type { Running } from './fleet.ts';
import { SWARM_HEADER } from './fleet-address.ts';

const TOKEN = 'source-token-0123456789';
const SOURCES = [buildSource({ kind: 'manager', state: 'live', active: true, error: null })];
const LOST = [buildSource({ kind: 'manager', state: 'unreachable', active: true, error: 'refused' })];
const SHOP: Scope = { isWall: false, rights: [{ role: 'viewer', stacks: ['shop'] }] };
/** What the first service of a source publishes. */
const PORT = {
  kind: 'port',
  serviceId: 'service-0',
  serviceName: 'shop_web',
  port: { published: 8080, target: 80, protocol: 'tcp', mode: 'ingress' },
} as const;
const DATA: Scope = { isWall: false, rights: [{ role: 'viewer', stacks: ['data'] }] };
const WALL: Scope = { isWall: true, rights: [{ role: 'operator', stacks: null }] };

const HISTORY = { kind: 'disk', sentence: 'The history is kept.' } as const;
const toEvents = (...all: [atMs: number, serviceId: string, serviceName: string][]) => ({
  events: all.map(([atMs, serviceId, serviceName]) =>
    buildSwarmEvent({ id: atMs, atMs, serviceId, serviceName, text: `${serviceName} fails.` }),
  ),
  more: false,
  history: HISTORY,
});
const toIncidents = (...all: [startedAtMs: number, id: string][]) => ({
  incidents: all.map(([startedAtMs, id]) =>
    toIncident(buildIncident({ id, startedAtMs, endedAtMs: startedAtMs + 5 }), {
      incident: english.incident,
    }),
  ),
  more: false,
  history: HISTORY,
});

/** A server that says what a source says: its stream, and what is asked of it here. */
interface FakeSource {
  server: TestServer;
  send(message: Message): void;
}

async function startSource(
  services: Parameters<typeof buildServicePicture>[0][],
  {
    wire = WIRE_VERSION,
    managers = SOURCES,
    places = NO_PLACES as PlacesPage,
    past = {} as Record<string, object>,
  } = {},
) {
  const streams = new Set<ServerResponse>();
  const picture = buildSwarmPicture({
    sources: managers,
    services: services.map((one, at) => buildServicePicture({ id: `service-${at}`, ...one })),
    atMs: Date.now(),
  });
  const server = await startTestServer({
    [RELAY_PATH]: ({ url = '' }, response) =>
      sendJson(response, past[new URL(url, 'http://source').searchParams.get('ask') ?? ''] ?? places),
    '/api/stream': (request, response) => {
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        response.writeHead(401).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(encodeMessage({ kind: 'snapshot', wire, build: 'b', epoch: 'e', picture }, 'e'));
      streams.add(response);
    },
  });
  const send = (message: Message) => {
    for (const response of streams) response.write(encodeMessage(message, 'e'));
  };
  const beats = setInterval(
    () => send({ kind: 'beat', atMs: Date.now(), seenAtMs: Date.now(), revision: 1 }),
    500,
  );
  beats.unref();
  return { server, send } satisfies FakeSource;
}

let sources: Record<'prod' | 'lab' | 'old' | 'shut' | 'lost', FakeSource>;
let running: Running;
let start: () => Running;
const fleetOf = (scope: Scope) => {
  const fleet = running.fleet?.(scope);
  if (fleet === undefined) throw new Error('no fleet');
  return fleet;
};
const find = (name: string, scope = WHOLE) =>
  fleetOf(scope)
    .picture()
    .swarms.find((swarm) => swarm.name === name);

beforeAll(async () => {
  sources = {
    prod: await startSource(
      [
        { name: 'shop_web', stack: 'shop' },
        { name: 'db', stack: 'data' },
      ],
      {
        places: { places: [PORT], total: 1, serviceIds: [PORT.serviceId] },
        past: {
          events: toEvents([50, 'service-0', 'shop_web'], [30, 'service-1', 'db']),
          incidents: toIncidents([40, 'shop'], [20, 'data']),
          'incidents-apart': toIncidents([40, 'shop']),
        },
      },
    ),
    lab: await startSource(
      [
        { name: 'db', stack: 'data' },
        { name: '{swarm=x}', stack: 'data' },
      ],
      {
        past: {
          events: toEvents([40, 'service-0', 'db']),
          incidents: { ...toIncidents([30, 'lab']), more: true },
        },
      },
    ),
    old: await startSource([], { wire: WIRE_VERSION - 1 }),
    shut: await startSource([]),
    lost: await startSource([{ name: 'vault', stack: 'vault' }], { managers: LOST }),
  };
  const { relays, ...config } = parseConfig({
    HOSTNAME: '127.0.0.1',
    VITALS_SWARMS: Object.entries(sources)
      .map(([name, { server }]) => `${name}=http://127.0.0.1:${server.port}`)
      .join(','),
    VITALS_SWARMS_TOKENS: `prod=${TOKEN} lab=${TOKEN} old=${TOKEN} lost=${TOKEN} shut=another-token-0123456789`,
  });
  beginSwarmPaths();
  start = () => {
    const products = relays.map((source) => ({
      name: source.name,
      product: createRelayedVitals({ ...config, relays }, source, { isOne: false }),
    }));
    return createFleet({ products, build: 'b', clock: systemClock });
  };
  running = start();
  const isSettled = () =>
    fleetOf(WHOLE)
      .picture()
      .swarms.every(({ state }) => state !== 'waiting');
  await vi.waitFor(() => expect(isSettled()).toBe(true), { timeout: 10_000 });
});
afterAll(async () => {
  await running.close();
  await Promise.all(Object.values(sources).map(({ server }) => server.stop()));
});

test('each swarm is what its own server says, called as it is here, and one that fails keeps nobody back', () => {
  expect(find('prod')).toMatchObject({ state: 'live', said: { title: 'prod', services: { total: 2 } } });
  expect(find('lab')).toMatchObject({ state: 'live', said: { services: { total: 2 } } });
  expect(find('shut')).toMatchObject({
    state: 'silent',
    said: null,
    reason: expect.stringContaining('token'),
  });
  expect(find('old')).toMatchObject({
    state: 'silent',
    said: null,
    reason: expect.stringContaining('version'),
  });
});

test('a page of all, or of one, is drawn anew when something of what it shows is another, and only then', () => {
  const toHeaders = (scope: Scope, swarm?: string) => ({
    [SCOPE_HEADER]: encodeURIComponent(JSON.stringify(scope)),
    ...(swarm === undefined ? {} : { [SWARM_HEADER]: swarm }),
  });
  const shown = (scope: Scope, swarm?: string) => listShownBy(running, toHeaders(scope, swarm)) ?? [];
  const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
    a.length === b.length && a.every((one, at) => Object.is(one, b[at]));
  expect(shown(WHOLE).length).toBeGreaterThan(5);
  expect(isSame(shown(WHOLE), shown(WHOLE))).toBe(true);
  expect(isSame(shown(WHOLE), shown(SHOP)), 'who sees less').toBe(false);
  expect(isSame(shown(WHOLE, 'prod'), shown(WHOLE, 'prod'))).toBe(true);
  expect(isSame(shown(WHOLE, 'prod'), shown(WHOLE, 'lab'))).toBe(false);
  expect(listShownBy(running, toHeaders(WHOLE, 'nope'))).toBeNull();
});

test('a page of all does not wait for a swarm that is known to be silent', async () => {
  expect(await fleetOf(WHOLE).ready(600_000)).toBe(false);
});

test('a monitor of all gets that not all is well', () => {
  const { ok, swarms } = fleetOf(WHOLE).status();
  expect(ok).toBe(false);
  expect(swarms.map(({ name, ok: isOk }) => [name, isOk])).toEqual([
    ['prod', true],
    ['lab', true],
    ['old', false],
    ['shut', false],
    ['lost', false],
  ]);
});

test('what is found in a swarm whose managers are lost is not called well, though its server said so last', async () => {
  const { swarms } = await fleetOf(WHOLE).find('vault');
  expect(swarms).toMatchObject([{ swarm: 'lost', hits: [{ name: 'vault', status: 'unknown' }] }]);
  expect(find('lost')).toMatchObject({ state: 'silent' });
});

test('whom stacks limit finds nothing of the others: not in the list, the counts, the search or the metrics', async () => {
  const fleet = fleetOf(SHOP);
  // What there is for them in those that were never heard nobody knows: without them "all" would be well.
  const never = ['old', 'shut', 'lost'];
  expect(fleet.picture().swarms.map(({ name }) => name)).toEqual(['prod', ...never]);
  expect(fleet.picture().swarms.filter(({ said }) => said === null)).toHaveLength(never.length);
  expect(find('prod', SHOP)?.said).toMatchObject({ services: { total: 1 }, managers: { total: 0 } });
  expect(fleet.status().swarms.map(({ name }) => name)).toEqual(['prod', ...never]);
  expect((await fleet.find('db')).swarms).toEqual([]);
  expect((await fleet.find('shop')).swarms).toMatchObject([{ swarm: 'prod', total: 1 }]);
  const { text } = await fleet.metrics();
  expect(text).toContain('swarm_vitals_service_ok{swarm="prod",service="shop_web",stack="shop"}');
  expect(text).not.toMatch(/"lab"|"db"|_viewers|_managers/);
  expect(JSON.stringify(fleet.picture())).not.toMatch(/lab|"db"|data/);
});

test('a swarm that nobody granted them is nowhere: not in the list, the counts, what was, the search or the metrics', async () => {
  const fleet = fleetOf({ isWall: false, rights: [{ role: 'viewer', stacks: null, swarm: 'lab' }] });
  expect(fleet.picture().swarms.map(({ name, said }) => [name, said?.services.total])).toEqual([['lab', 2]]);
  expect(fleet.status()).toMatchObject({ ok: true, swarms: [{ name: 'lab' }] });
  const found = await Promise.all(['db', 'shop', 'vault', '8080'].map((query) => fleet.find(query)));
  expect(found.map(({ swarms, unanswered }) => [swarms.map(({ swarm }) => swarm), unanswered])).toEqual([
    [['lab'], []],
    [[], []],
    [[], []],
    [[], []],
  ]);
  const [events, incidents] = [
    await fleet.events({ untilMs: null, levels: [] }),
    await fleet.incidents(null),
  ];
  expect(events.events.map(({ swarm }) => swarm)).toEqual(['lab']);
  expect(incidents.incidents.map(({ swarm }) => swarm)).toEqual(['lab']);
  const { text } = await fleet.metrics();
  const all = JSON.stringify([fleet.picture(), fleet.status(), events, incidents]) + text;
  expect(all).toContain('swarm_vitals_service_ok{swarm="lab"');
  expect(all).not.toMatch(/\b(prod|shut|vault|shop_web)\b|(swarm|name)"?[:=]"(old|lost)"/);
});

test('of two swarms each shows what was granted there, and one of no grant is not named', async () => {
  const rights = [
    { role: 'viewer', stacks: ['shop'], swarm: 'prod' },
    { role: 'operator', stacks: ['data'], swarm: 'l*b' },
  ] as const;
  const fleet = fleetOf({ isWall: false, rights });
  const totals = fleet.picture().swarms.map(({ name, said }) => [name, said?.services.total]);
  expect(totals).toEqual([
    ['prod', 1],
    ['lab', 2],
  ]);
  expect((await fleet.find('db')).swarms.map(({ swarm }) => swarm)).toEqual(['lab']);
  const screen = fleetOf({ isWall: true, rights: [{ role: 'operator', stacks: null, swarm: 'prod' }] });
  expect(screen.picture().swarms.map(({ name }) => name)).toEqual(['prod']);
});

test('a screen gets what walls draw, and searches nothing', async () => {
  const { worst, sentence } = find('prod', WALL)?.said ?? {};
  expect([worst, sentence]).toEqual([[], '']);
  expect((await fleetOf(WALL).find('db')).swarms).toEqual([]);
});

test('what is found leads below its swarm', async () => {
  const { swarms } = await fleetOf(WHOLE).find('db');
  expect(swarms.map(({ swarm, hits }) => [swarm, hits[0]?.href])).toEqual([
    ['prod', '/swarms/prod/services/db'],
    ['lab', '/swarms/lab/services/db'],
  ]);
});

test('a port leads to who publishes it, in each swarm that may be seen', async () => {
  const name = 'shop_web';
  const { swarms, unanswered } = await fleetOf(WHOLE).find(':8080');
  expect(swarms).toEqual([
    {
      swarm: 'prod',
      hits: [
        {
          ...{ kind: 'port', href: '/swarms/prod/services/shop_web', name, of: '8080 → 80/tcp' },
          status: find('prod')?.said?.verdict,
        },
      ],
      total: 1,
    },
  ]);
  // What these publish nobody knows: that is said, and not that they publish nothing.
  expect(unanswered).toEqual(['old', 'shut']);
  expect((await fleetOf(WHOLE).find('db')).unanswered, 'names are known here').toEqual([]);
  expect((await fleetOf(SHOP).find('8080')).swarms.map(({ swarm }) => swarm)).toEqual(['prod']);
  expect((await fleetOf(DATA).find('8080')).swarms, 'of a stack that is not theirs').toEqual([]);
  expect((await fleetOf(WALL).find('8080')).swarms).toEqual([]);
});

test('what happened in all swarms is in one list, and of who does not say it that is said', async () => {
  const all = { untilMs: null, levels: [] };
  const { events, olderUntilMs, gaps } = await fleetOf(WHOLE).events(all);
  expect(events.map(({ swarm, serviceName }) => `${swarm} ${serviceName}`)).toEqual([
    'prod shop_web',
    'lab db',
    'prod db',
  ]);
  expect(olderUntilMs).toBeNull();
  expect(gaps.map(({ swarm }) => swarm)).toEqual(['old', 'shut', 'lost']);
  expect(gaps[1]?.sentence).toContain('token');
  const shop = await fleetOf(SHOP).events(all);
  expect(shop.events.map(({ swarm, serviceName }) => `${swarm} ${serviceName}`)).toEqual(['prod shop_web']);
  expect(shop.gaps.map(({ swarm }) => swarm)).toEqual(['old', 'shut', 'lost']);
  expect((await fleetOf(WALL).events(all)).events, 'a screen reads no past').toEqual([]);
});

test('incidents of all swarms leave none out between the newest and the last that is shown', async () => {
  const { incidents, more, gaps } = await fleetOf(WHOLE).incidents(null);
  // What the lab has before its last one is not known: what prod has before that is left for its own page.
  expect(incidents.map(({ swarm, incident }) => `${swarm} ${incident.id}`)).toEqual(['prod shop', 'lab lab']);
  expect(more).toEqual(['prod', 'lab']);
  expect(gaps.map(({ swarm }) => swarm)).toEqual(['old', 'shut', 'lost']);
  const shop = await fleetOf(SHOP).incidents(null);
  expect(shop.incidents.map(({ swarm, incident }) => `${swarm} ${incident.id}`)).toEqual(['prod shop']);
  expect(shop.more, 'a swarm in which nothing is theirs is not named').toEqual([]);
  expect((await fleetOf(WALL).incidents(null)).incidents).toEqual([]);
});

test('right after a start what was in all swarms waits for their first word', async () => {
  const again = start();
  try {
    const [events, incidents] = await Promise.all([
      again.fleet?.(WHOLE).events({ untilMs: null, levels: [] }),
      again.fleet?.(WHOLE).incidents(null),
    ]);
    expect(events?.events.map(({ swarm }) => swarm)).toEqual(['prod', 'lab', 'prod']);
    expect(events?.gaps.map(({ swarm }) => swarm)).toEqual(['old', 'shut', 'lost']);
    expect(incidents?.incidents.map(({ swarm }) => swarm)).toEqual(['prod', 'lab']);
  } finally {
    await again.close();
  }
});

test('an event that a source dates a year ahead makes way for what others tell after it', async () => {
  const fleet = fleetOf(WHOLE);
  const ahead = buildSwarmEvent({ id: 9_000, atMs: Date.now() + 31_536_000_000, text: 'From tomorrow.' });
  sources.prod.send({ kind: 'events', atMs: Date.now(), before: null, events: [ahead] });
  await vi.waitFor(() => expect(fleet.picture().events[0]?.text).toBe('From tomorrow.'));
  expect(fleet.picture().events[0]?.atMs).toBeLessThanOrEqual(Date.now());
  await new Promise((resolve) => setTimeout(resolve, 5));
  const news = buildSwarmEvent({ id: 9_001, atMs: Date.now(), text: 'From now.' });
  sources.lab.send({ kind: 'events', atMs: Date.now(), before: null, events: [news] });
  await vi.waitFor(() => expect(fleet.picture().events[0]?.text).toBe('From now.'));
});

test('metrics name the swarm of each series once, and what is of the process once', async () => {
  const { text } = await fleetOf(WHOLE).metrics();
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(new Set(series.map((line) => line.replace(/ [^ ]*$/, ''))).size).toBe(series.length);
  expect(series).toContain('swarm_vitals_source_up{swarm="prod"} 1');
  expect(series).toContain('swarm_vitals_source_up{swarm="shut"} 0');
  expect(series.filter((line) => line.startsWith('process_resident_memory_bytes'))).toHaveLength(1);
  expect(text).toMatch(/swarm_vitals_service_ok\{swarm="lab",/);
  expect(text).toContain('swarm_vitals_service_ok{swarm="lab",service="{swarm=x}",stack="data"}');
  expect(text.match(/^# TYPE swarm_vitals_service_ok/gm)).toHaveLength(1);
  for (const line of series) expect(line).toMatch(/\{swarm="|^(process|nodejs)_/);
});

test('a viewer is sent all of them, then the one that changed; and what falls silent is grey, and the others are not', async () => {
  const abort = new AbortController();
  const messages: FleetMessage[] = [];
  const reading = readEvents(fleetOf(WHOLE).openStream(abort.signal), ({ data }) =>
    messages.push(JSON.parse(data) as FleetMessage),
  );
  await expect.poll(() => messages[0]?.kind).toBe('fleet');
  const { replicas, ...service } = buildServicePicture({ id: 'service-0', name: 'db', stack: 'data' });
  expect(replicas).toHaveLength(1);
  sources.lab.send({
    kind: 'changes',
    from: 1,
    to: 2,
    atMs: Date.now(),
    changes: [{ kind: 'service', service: { ...service, verdict: 'failing', sentence: 'It fails.' } }],
  });
  const ofLab = () =>
    messages.flatMap((one) => (one.kind === 'swarm' && one.swarm.name === 'lab' ? one.swarm : []));
  await expect.poll(() => ofLab().at(-1)?.said?.services.well).toBe(1);
  await sources.lab.server.stop();
  await expect.poll(() => ofLab().at(-1)?.state, { timeout: 20_000 }).toBe('silent');
  expect(ofLab().at(-1)).toMatchObject({ said: { services: { total: 2, well: 1 } } });
  expect(ofLab().at(-1)?.heardAtMs).toBeGreaterThan(Date.now() - 15_000);
  expect(find('prod')?.state).toBe('live');
  expect(messages.some((one) => one.kind === 'swarm' && one.swarm.name !== 'lab')).toBe(false);
  abort.abort();
  await reading.catch(() => {});
}, 40_000);
