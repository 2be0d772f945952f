import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { readStream } from '#e2e/support/read-stream.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { IncidentsPage } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { PlacesPage } from '#lib/model/contract/place.ts';
import type { Report } from '#lib/model/contract/report.ts';
import { WHOLE } from '#lib/model/contract/scope.ts';
import type { SilencesPage } from '#lib/model/contract/silence.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import { QUESTIONS, type QuestionName, RELAY_PATH } from '#lib/relay/question.ts';
import { ROUTES } from '#lib/server/access/routes.ts';

const GRANTS =
  'ops=admin; help=viewer; shop=operator:stack:sho*; desk=viewer:stack:shop; both=operator:stack:shop; lead=admin:stack:shop';
const SOON = { timeout: 60_000 };

/** What each of them is asked with, as the proxy in front writes it. */
const as = (groups: string) => ({ 'x-forwarded-user': 'ada', 'x-forwarded-groups': groups });
const ADMIN = as('ops');

/** Who they are, whether they read outputs of shop's services, and whether of the swarm they see more than shop. */
const PEOPLE = {
  viewer: { headers: as('help'), outputs: false, swarm: true },
  'operator of a stack': { headers: as('shop'), outputs: true, swarm: false },
  'viewer of a stack': { headers: as('desk, nobody'), outputs: false, swarm: false },
  'viewer who operates a stack': { headers: as('help,both'), outputs: true, swarm: true },
} as const;

let demo: DemoProcess;
let vitals: VitalsServer;
const abort = new AbortController();
const folder = mkdtempSync(join(tmpdir(), 'vitals-grants-'));

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  demo = await startDemoSwarm({ nodes: 6, services: 10, replicas: 30 }, abort.signal);
  vitals = await startVitals({
    ...demo.settings,
    VITALS_DATA: folder,
    VITALS_AUTH: 'proxy',
    VITALS_TRUSTED_PROXIES: '127.0.0.1',
    VITALS_GRANTS: GRANTS,
    VITALS_AUTH_GROUPS_HEADER: 'X-Forwarded-Groups',
    VITALS_API_TOKEN: 'api-token-0123456789',
  });
  await expect.poll(async () => (await read('/api/readyz', ADMIN)).status, SOON).toBe(200);
});
test.afterAll(async () => {
  await vitals?.stop();
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function read(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${vitals.url}${path}`, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
  });
  return { status: answer.status, text: await answer.text() };
}
/** A proxy that adds its line leaves in what a browser sent. */
function readTwice(path: string): Promise<number | undefined> {
  const headers = { 'x-forwarded-user': 'ada', 'x-forwarded-groups': ['ops', 'help'] };
  return new Promise((resolve, reject) => {
    get(`${vitals.url}${path}`, { headers }, (answer) => resolve(answer.resume().statusCode)).on(
      'error',
      reject,
    );
  });
}

/** The search of places, by a part that the names of networks of all stacks have. */
test('a port, an address and a network are found in what may be seen alone', async () => {
  const whole = await readJson<PlacesPage>('/api/places?q=default');
  const others = whole.places.filter(({ serviceName }) => !serviceName.startsWith('shop_'));
  expect(others.length, 'there is something to hide').toBeGreaterThan(0);
  for (const q of ['default', 'efault', 'ingress', '10.0', ':80', '80']) {
    const { text } = await read(
      `/api/places?q=${encodeURIComponent(q)}`,
      PEOPLE['viewer of a stack'].headers,
    );
    const { places, total, serviceIds } = JSON.parse(text) as PlacesPage;
    expect(places.filter(({ serviceName }) => !serviceName.startsWith('shop_'))).toEqual([]);
    expect(total).toBeGreaterThanOrEqual(places.length);
    expect(total - places.length === 0 || places.length === 20).toBe(true);
    const own = await readJson<SwarmPicture>('/api/swarm');
    for (const id of serviceIds) expect(own.services.find((one) => one.id === id)?.stack).toBe('shop');
  }
});

async function order(command: string, input: object): Promise<void> {
  const answer = await fetch(`${demo.control}/${command}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(await answer.text());
}

const readJson = async <T>(path: string): Promise<T> => JSON.parse((await read(path, ADMIN)).text) as T;

/** What there is that not everybody may read, as whoever may read everything is told it. */
async function readSecrets() {
  const picture = await readJson<SwarmPicture>('/api/swarm');
  const outputs = { shop: new Set<string>(), others: new Set<string>() };
  for (const { name, stack, replicas } of picture.services) {
    const own = stack === 'shop' ? outputs.shop : outputs.others;
    const detail = await readJson<ServiceDetail>(`/api/services/${name}`);
    const tests = [
      detail.healthCheck,
      ...detail.slots.flatMap(({ tasks }) => tasks.map((it) => it.container?.healthCheck)),
    ];
    for (const check of tests) for (const word of check?.test.slice(1) ?? []) addText(own, word);
    for (const { evidence } of detail.findings) addText(own, evidence?.text);
    for (const replica of replicas.slice(0, 2)) {
      const { probes, earlierTasks } = await readJson<ReplicaDetail>(`/api/services/${name}/${replica.key}`);
      for (const { output } of [...probes, ...earlierTasks.flatMap((task) => task.probes)])
        addText(own, output);
      addText(own, replica.evidence?.text);
      addText(own, replica.error);
    }
  }
  // A probe that says no more than another stack's says nothing of whose it is.
  for (const text of outputs.shop) outputs.others.delete(text);
  const others = picture.services.filter(({ stack }) => stack !== 'shop');
  const shopNodes = new Set(
    picture.services.flatMap(({ stack, replicas }) =>
      stack === 'shop' ? replicas.map((one) => one.nodeId) : [],
    ),
  );
  return {
    picture,
    outputs: { shop: [...outputs.shop], others: [...outputs.others] },
    names: [
      ...others.flatMap(({ id, name }) => [id, name]),
      ...others.flatMap(({ replicas }) =>
        replicas.flatMap(({ taskId, containerId }) => [taskId, containerId]),
      ),
      ...picture.nodes.filter(({ id }) => !shopNodes.has(id)).flatMap(({ id, hostname }) => [id, hostname]),
      ...picture.nodes.map(({ address }) => address),
      ...picture.sources.map(({ endpoint }) => endpoint),
    ].filter((one): one is string => one !== null && one.length > 3),
  };
}

/** Its longest line, as it is found in an answer whatever that is written in; what is but a word is found by chance. */
function addText(texts: Set<string>, text: string | null | undefined): void {
  const line = (text ?? '').split('\n').reduce((a, b) => (b.length > a.length ? b : a), '');
  const plain = toPlain(line);
  if (plain.length > 8 && /[^a-z]/i.test(plain) && !plain.includes('exceededtimeout')) texts.add(plain);
}

interface Asked {
  service: string;
  replica: string;
  task: string;
  node: string;
  atMs: number;
}

/** Every question of a relay, as the queries that ask it. */
function listQuestions({ service, replica, task, node, atMs }: Asked): string[] {
  const window = { fromMs: atMs - 600_000, untilMs: atMs };
  const any = { sinceMs: null, untilMs: null, before: null, limit: 50, service: null, node: null };
  const questions: Record<QuestionName, unknown[]> = {
    service: [service],
    replica: [service, replica],
    node: [node],
    'node-labels': [],
    places: ['10.'],
    'history-state': [],
    silences: [],
    'recent-events': [],
    events: [{ ...any, kinds: [], levels: [] }],
    'find-service': [service],
    'find-service-at': [service, atMs],
    'service-history': [service, window],
    comparison: [service, window],
    'replica-history': [service, replica, window],
    'last-log-lines': [task],
    'open-incidents': [],
    incidents: [{ ...any, state: null, stack: null }],
    incident: ['x'],
    moment: [atMs, null],
    'moment-seen': [atMs],
    timeline: [window],
    'known-from': [],
    report: [{ days: 1, untilMs: null }],
    'incidents-apart': [WHOLE, { ...any, kinds: undefined, levels: undefined, state: null, stack: null }],
    'incident-apart': [WHOLE, 'x'],
    'timeline-apart': [WHOLE, window],
    'report-apart': [WHOLE, { days: 1, untilMs: null }],
    'service-usage': [service],
    'node-usage': [node],
    'replica-usage': [service, replica, window],
  };
  return Object.entries(questions).map(
    ([ask, asked]) => `?ask=${ask}&with=${encodeURIComponent(JSON.stringify(asked))}`,
  );
}

/** Fields of an answer that this question has not: a relay leaves them out, and who asks by themselves reads them. */
function findUnasked(query: string, text: string): string[] {
  const question = new URLSearchParams(query).get('ask') as QuestionName;
  const answer: unknown = JSON.parse(text);
  const compare = (sent: unknown, known: unknown, place: string): string[] =>
    typeof sent !== 'object' || sent === null
      ? []
      : Object.entries(sent).flatMap(([name, value]) =>
          typeof known === 'object' && known !== null && Object.hasOwn(known, name)
            ? compare(value, (known as Record<string, unknown>)[name], `${place}.${name}`)
            : [`${place}.${name}`],
        );
  return compare(answer, QUESTIONS[question].answer.parse(answer), question);
}

/** Without what JSON, HTML and both of them put before some characters. */
const toPlain = (text: string) =>
  text.replaceAll(/&(?:quot|amp|lt|gt|#x27|#39);|\\u003[ce]|[\\"'<>&\s]/gi, '');

test('nobody finds what they may not see in any answer there is, nor in what the stream says', async () => {
  test.setTimeout(400_000);
  await expect
    .poll(async () => (await readJson<SwarmPicture>('/api/swarm')).services.length, SOON)
    .toBeGreaterThan(5);
  const { services: all } = await readJson<SwarmPicture>('/api/swarm');
  for (const { name } of all.filter(({ healthCheck }) => healthCheck !== null).slice(0, 8))
    await order('flip', { service: name, slot: 1, to: 'fail' });
  const { name: looping } = all.find(({ stack, mode }) => stack !== 'shop' && mode.kind === 'replicated') ?? {
    name: '',
  };
  await order('crash', { service: looping });
  const failing = ({ services: now }: SwarmPicture, isShop: boolean) =>
    now.some(
      ({ stack, replicas }) => (stack === 'shop') === isShop && replicas.some((one) => one.evidence !== null),
    );
  await expect
    .poll(async () => {
      const now = await readJson<SwarmPicture>('/api/swarm');
      return failing(now, true) && failing(now, false);
    }, SOON)
    .toBe(true);
  // Why an engine cannot be read says where it is.
  const silent = all.find(({ name }) => name === 'shop_web')?.replicas[0]?.hostname ?? '';
  await order('freeze', { node: silent });
  const isUnread = async () =>
    (await readJson<SwarmPicture>('/api/swarm')).services.some(
      ({ stack, replicas }) => stack === 'shop' && replicas.some(({ status }) => status === 'unknown'),
    );
  await expect.poll(isUnread, SOON).toBe(true);
  const unreadAtMs = Date.now();
  // What belongs together of several stacks is told to each as its own.
  const readIncidents = async () => (await readJson<IncidentsPage>('/api/incidents')).incidents;
  const isOfBoth = ({ services: touched }: IncidentsPage['incidents'][number]) =>
    new Set(touched.map(({ stack }) => stack === 'shop')).size > 1;
  await expect.poll(async () => (await readIncidents()).some(isOfBoth), SOON).toBe(true);
  const incidents = await readIncidents();
  const { picture, outputs, names } = await readSecrets();
  expect(outputs.shop.length).toBeGreaterThan(2);
  expect(outputs.others.length).toBeGreaterThan(2);
  const services = ['shop_web', 'data_postgres'].map(
    (name) => picture.services.find((one) => one.name === name) ?? picture.services[0],
  );
  const tasks = services.map((one) => one?.replicas[0]?.taskId ?? 'x');
  const nodes = [picture.nodes[0]?.hostname ?? 'x', picture.nodes.at(-1)?.hostname ?? 'x'];
  const seen: Record<string, number> = {};
  for (const [who, { headers, outputs: readsShop, swarm }] of Object.entries(PEOPLE)) {
    const others = incidents.filter(({ services: touched }) => touched.some(({ stack }) => stack !== 'shop'));
    const ids = others.map(({ id }) => id);
    const hidden = [
      ...outputs.others,
      ...(readsShop ? [] : outputs.shop),
      ...(swarm ? [] : [...names, ...ids]),
    ];
    const own = JSON.parse((await read('/api/incidents', headers)).text) as IncidentsPage;
    const opened = [incidents.find(isOfBoth)?.id ?? 'x', own.incidents[0]?.id ?? 'x'];
    for (const { name } of listRoutes()) {
      if (ROUTES[name]?.isPosted || name.startsWith('/login')) continue;
      for (const [at, service] of services.entries()) {
        const path = name.replaceAll(/\[(\w+)\]/g, (_, key: string) =>
          name.includes('/nodes/')
            ? (nodes[at] ?? 'x')
            : key === 'id'
              ? ((name.includes('/incidents/') ? opened : tasks)[at] ?? 'x')
              : key === 'replica'
                ? (service?.replicas[0]?.key ?? '1')
                : (service?.name ?? 'x'),
        );
        const hasPast = [
          ...['/', '/nodes', '/matrix', '/services/[name]', '/nodes/[name]', '/services/[name]/compare'],
          ...['/events', '/incidents', '/incidents/[id]', '/timeline', '/reports'],
        ].includes(name);
        const asked = {
          service: service?.name ?? 'x',
          replica: service?.replicas[0]?.key ?? '1',
          task: tasks[at] ?? 'x',
        };
        const queries =
          name === RELAY_PATH
            ? listQuestions({ ...asked, node: nodes[at] ?? 'x', atMs: unreadAtMs })
            : hasPast
              ? ['', `?at=${unreadAtMs}`]
              : [''];
        for (const query of queries) {
          if (name === '/api/stream') continue;
          const { status, text } = await read(`${path}${query}`, headers);
          const plain = toPlain(text);
          seen[`${who} ${status}`] = (seen[`${who} ${status}`] ?? 0) + 1;
          const expected = query.includes('-apart&') ? [400] : [200, 403, 404, 503];
          expect(expected, `${who}: ${path}${query} ${status}`).toContain(status);
          // An address that leads nowhere says the name that was asked for, and nothing else of it.
          const address = decodeURIComponent(path + query);
          const found = hidden.filter((secret) => plain.includes(secret) && !address.includes(secret));
          expect.soft(found, `${who}: GET ${path}${query} (${status})`).toEqual([]);
          if (name === RELAY_PATH && status === 200) expect.soft(findUnasked(query, text), who).toEqual([]);
        }
      }
    }
    const stream = await readStream(vitals, null, headers);
    await stream.next('snapshot');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    stream.close();
    const said = toPlain(stream.messages.map(({ text }) => text).join('\n'));
    expect(
      hidden.filter((secret) => said.includes(secret)),
      `${who}: stream`,
    ).toEqual([]);
    expect(said).toContain('shop_web');
  }
  await order('thaw', { node: silent });
  // Whoever may read them does, so the search above looks for what is there.
  const own = toPlain((await read('/api/services/shop_web', PEOPLE['operator of a stack'].headers)).text);
  expect(outputs.shop.some((text) => own.includes(text))).toBe(true);
  expect(Object.keys(seen)).toEqual(
    expect.arrayContaining(['viewer 200', 'viewer 403', 'viewer of a stack 403']),
  );
});

test('who sees one stack has its incidents, timeline, report and metrics, counted as if it were alone', async () => {
  const who = PEOPLE['operator of a stack'].headers;
  const ask = async <T>(path: string) => JSON.parse((await read(path, who)).text) as T;
  const { incidents } = await ask<IncidentsPage>('/api/incidents');
  expect(incidents.length).toBeGreaterThan(0);
  for (const { id, services, nodes, counts } of incidents) {
    expect(services.map(({ stack }) => stack)).toEqual(services.map(() => 'shop'));
    expect([nodes, counts.nodes, counts.services]).toEqual([[], 0, services.length]);
    expect((await read(`/incidents/${id}`, who)).status, id).toBe(200);
    const detail = await read(`/api/incidents/${id}`, who);
    expect(detail.status, id).toBe(200);
    expect(detail.text, id).not.toMatch(/data_|ml_|web_/);
  }
  // Those that last stand on their overview, too, once what has just begun is on it.
  await expect(async () => {
    const { incidents: now } = await ask<IncidentsPage>('/api/incidents');
    const { text: overview } = await read('/', who);
    const lasting = now.filter(
      ({ kind, state, counts }) => state !== 'over' && (kind !== 'service' || counts.services > 1),
    );
    for (const [, id] of overview.matchAll(/data-incident="([^"]+)"/g))
      expect(lasting.map((one) => one.id)).toContain(id);
    if (lasting.length > 0) expect(overview).toContain('data-incident=');
  }).toPass({ timeout: 15_000 });
  const timeline = await ask<Timeline>('/api/timeline');
  expect(timeline.marks.some(({ lane }) => lane === 'failures')).toBe(true);
  for (const { stack, lane } of timeline.marks) if (lane === 'failures') expect(stack).toBe('shop');
  const whole = await readJson<Report>('/api/reports?days=1');
  const report = await ask<Report>('/api/reports?days=1');
  expect(report.stacks.map(({ name }) => name)).toEqual(['shop']);
  expect(report.total).toEqual({ ...report.stacks[0], name: undefined });
  expect(report.services.map(({ name }) => name)).toEqual(
    whole.services.filter(({ stack }) => stack === 'shop').map(({ name }) => name),
  );
  const { text } = await read('/metrics', who);
  expect(text).toMatch(/swarm_vitals_service_ok\{service="shop_web",stack="shop"\}/);
  expect(text).toMatch(/swarm_vitals_probes_total\{service="shop_/);
  expect(new Set([...text.matchAll(/stack="(\w*)"/g)].map(([, stack]) => stack))).toEqual(new Set(['shop']));
  expect(text).not.toMatch(/_managers|viewers|process_|docker_requests|node_info/);
});

test('every route is answered to the roles that it says, and refused to others with a sentence', async () => {
  test.setTimeout(300_000);
  for (const { name, path } of listRoutes({
    name: 'shop_web',
    replica: '1',
    service: 'shop_web',
    id: 'x',
  })) {
    const need = ROUTES[name];
    if (need === undefined || need.isPosted || need.who === 'anybody' || name === '/api/stream') continue;
    const expected = {
      viewer: need.who !== 'operator',
      'operator of a stack': need.isOfSwarm !== true,
      'viewer of a stack': need.who !== 'operator' && need.isOfSwarm !== true,
      'viewer who operates a stack': !(need.who === 'operator' && need.isOfSwarm),
    };
    for (const [who, { headers }] of Object.entries(PEOPLE)) {
      const { status, text } = await read(path, headers);
      const isAnswered = expected[who as keyof typeof PEOPLE];
      expect(isAnswered ? [200, 404, 503] : [403], `${who}: GET ${path}`).toContain(status);
      if (!isAnswered) expect(text).toMatch(/is for the role|of the whole swarm/);
    }
    const nobody = await read(path, as('cleaners'));
    expect(nobody.status, `nobody: GET ${path}`).toBe(403);
    expect(nobody.text, path).not.toMatch(/shop_|docker0/);
  }
  for (const path of ['/nowhere', '/api/nowhere', '/%61pi/swarm', '/services/shop_web/%6cog/x/y'])
    expect((await read(path, PEOPLE.viewer.headers)).status, path).toBe(404);
});

test('counts and verdicts are of what may be seen alone, and the person of no group is named', async () => {
  const { text } = await read('/api/swarm', PEOPLE['viewer of a stack'].headers);
  const own = JSON.parse(text) as SwarmPicture;
  const whole = await readJson<SwarmPicture>('/api/swarm');
  expect(new Set(own.services.map(({ stack }) => stack))).toEqual(new Set(['shop']));
  expect(own.services).toHaveLength(whole.services.filter(({ stack }) => stack === 'shop').length);
  expect(own.problems).toBeLessThanOrEqual(whole.problems);
  expect(own.quorum.managers).toBe(0);
  expect((await read('/api/status/data_postgres', PEOPLE['viewer of a stack'].headers)).status).toBe(404);
  const nobody = await read('/', as('cleaners'));
  expect(nobody.text).toContain('You are signed in as ada');
  expect(await readTwice('/api/swarm'), 'a group in two lines is none').toBe(403);
  expect((await read('/api/swarm', { authorization: 'Bearer api-token-0123456789' })).text).toContain(
    'data_postgres',
  );
  const audit = vitals
    .log()
    .split('\n')
    .filter((line) => line.includes('audit {"event":"refused"'));
  expect(audit.some((line) => line.includes('"who":"ada"') && line.includes('"by":"proxy"'))).toBe(true);
});

/** One of an hour, but for what is said. */
async function silence(headers: Record<string, string>, more: object | string, path = '/api/silences') {
  const body =
    typeof more === 'string'
      ? more
      : JSON.stringify({
          ...{ target: { kind: 'service', name: 'shop_web' }, untilMs: Date.now() + 3_600_000, ...more },
        });
  const json = { 'content-type': 'application/json', ...headers };
  const answer = await fetch(`${vitals.url}${path}`, { method: 'POST', headers: json, body });
  return { status: answer.status, one: (await answer.json()) as { id?: string } };
}

test('who may silence one stack silences and ends nothing else, and what is no silence is refused', async () => {
  const lead = as('lead');
  const seesAll = as('lead,help');
  const ofOther = { target: { kind: 'service', name: 'data_postgres' } };
  const own = await silence(lead, {});
  const other = await silence(ADMIN, ofOther);
  expect([own.status, other.status]).toEqual([201, 201]);
  const node = {
    target: { kind: 'node', nodeId: (await readJson<SwarmPicture>('/api/swarm')).nodes[0]?.id },
  };
  const swarm = { target: { kind: 'swarm' }, cause: 'quorum-lost' };
  for (const [what, who, status] of [
    [{}, as('help'), 403],
    [{}, as('shop'), 403],
    [{}, as('cleaners'), 403],
    [ofOther, lead, 404],
    [ofOther, seesAll, 403],
    [{ target: { kind: 'stack', name: 'data' } }, lead, 404],
    [{ target: { kind: 'stack', name: 'data' } }, seesAll, 403],
    [{ target: { kind: 'stack', name: 'sh*' } }, lead, 404],
    [node, lead, 404],
    [node, seesAll, 403],
    [swarm, seesAll, 403],
    // None of these is one, whoever sends it.
    [{ untilMs: Date.now() - 1 }, ADMIN, 400],
    [{ untilMs: Date.now() + 31 * 86_400_000 }, ADMIN, 400],
    [{ untilMs: 1e308 }, ADMIN, 400],
    [{ fromMs: -1 }, ADMIN, 400],
    [{ comment: 'x'.repeat(501) }, ADMIN, 400],
    [{ target: { kind: 'stack', name: 'shop', stack: 'data' } }, ADMIN, 400],
    [{ by: 'root' }, ADMIN, 400],
    ['{"target":{"kind":"stack","name":"shop"},"untilMs":1e999}', ADMIN, 400],
    ['['.repeat(4_000), ADMIN, 400],
  ] as const)
    expect((await silence(who, what)).status, `${JSON.stringify(what)} by ${who['x-forwarded-groups']}`).toBe(
      status,
    );
  const endOf = (id: string | undefined) => `/api/silences/${id}/end`;
  expect((await silence(lead, '', endOf(other.one.id))).status).toBe(404);
  expect((await silence(seesAll, '', endOf(other.one.id))).status).toBe(403);
  const listed = async (who: Record<string, string>) =>
    (JSON.parse((await read('/api/silences', who)).text) as SilencesPage).silences.map(({ id }) => id);
  expect(await listed(lead)).toEqual([own.one.id]);
  expect((await listed(ADMIN)).toSorted()).toEqual([own.one.id, other.one.id].toSorted());
  // Of many at once one ended it.
  const ends = await Promise.all([1, 2, 3].map(() => silence(lead, '', endOf(own.one.id))));
  expect(ends.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
});
