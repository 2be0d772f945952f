import { expect, test } from '@playwright/test';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { API_SCHEMAS, CHANGES, OPERATIONS, type Operation } from '#lib/wire/schema/openapi.ts';

// Another program reads the API by its OpenAPI document, on a demo swarm.
let demo: DemoSwarm;
let vitals: VitalsServer;
let picture: SwarmPicture;
/** One that lasts: the demo has a service that no node can take. */
let incidentId: string;

test.beforeAll(async () => {
  demo = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
  vitals = await startVitals({
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: demo.engines.join(','),
  });
  picture = await waitFor(
    async () => {
      const now = (await (await fetch(`${vitals.url}/api/swarm`)).json()) as SwarmPicture;
      return now.ready && now.services.some(({ verdict }) => verdict === 'healthy') ? now : null;
    },
    30_000,
    'a swarm that was read',
  );
  incidentId = await waitFor(
    async () => {
      const answer = await fetch(`${vitals.url}/api/incidents`);
      return ((await answer.json()) as { incidents: { id: string }[] }).incidents[0]?.id ?? null;
    },
    30_000,
    'an incident',
  );
});
test.afterAll(async () => {
  await vitals?.kill();
  await demo?.close();
});

/** The address of an operation, with what is there for each parameter, or with a name that nothing has. */
function toAddress({ path }: Operation, known: boolean): string {
  const service = picture.services.find(({ verdict }) => verdict === 'healthy');
  const replica = service?.replicas[0];
  const values: Record<string, string | null | undefined> = {
    '/api/nodes/{name}': picture.nodes[0]?.id,
    '/api/nodes/{name}/usage': picture.nodes[0]?.id,
    '/api/incidents/{id}': incidentId,
    '{name}': service?.name,
    '{service}': service?.name,
    '{key}': replica?.key,
    '{id}': replica?.taskId,
  };
  return path.replaceAll(/\{\w+\}/g, (name) =>
    known ? encodeURIComponent(values[path] ?? values[name] ?? '') : 'no-such-thing',
  );
}

/** With one swarm there is nothing above it (fleet.spec.ts). */
const isAboveAll = ({ path }: Operation) => /^\/api\/(fleet|status$)/.test(path);

test('every operation answers as it is documented', async () => {
  for (const operation of OPERATIONS.filter(({ path }) => path !== '/api/stream')) {
    const asked = operation.path === '/api/relay' ? '?ask=history-state&with=[]' : '';
    const address = toAddress(operation, true) + asked;
    const response = await fetch(vitals.url + address);
    const status = isAboveAll(operation) ? 404 : 200;
    expect(response.status, address).toBe(status);
    expect(response.headers.get('content-type'), address).toContain('application/json');
    const schema = API_SCHEMAS[operation.answers[status]?.schema ?? 'Error'];
    const { error } = schema.safeParse(await response.json());
    expect(error?.issues.slice(0, 3) ?? [], address).toEqual([]);
  }
});

test('a name that nothing has, and a parameter that is wrong, are answered as documented', async () => {
  for (const operation of OPERATIONS.filter((each) => !isAboveAll(each))) {
    if (operation.path.includes('{')) {
      const response = await fetch(vitals.url + toAddress(operation, false));
      const documented = operation.answers[response.status as 404];
      expect(response.status, operation.path).toBe(404);
      expect(API_SCHEMAS[documented?.schema ?? 'Swarm'].safeParse(await response.json()).success).toBe(true);
    }
    if (operation.answers[400] === undefined) continue;
    const wrong = operation.parameters.some(({ name }) => name === 'untilMs') ? 'untilMs=soon' : 'days=soon';
    const response = await fetch(`${vitals.url}${toAddress(operation, true)}?${wrong}`);
    expect(response.status, operation.path).toBe(400);
    expect(API_SCHEMAS.Error.safeParse(await response.json()).success).toBe(true);
  }
});

test('a time that cannot be meant is refused with a sentence, and a replica that never was is not there', async () => {
  const nowMs = Date.now();
  const wrong = [
    'untilMs=NaN',
    'untilMs=-1',
    'untilMs=1e3',
    'untilMs=999999999999999',
    `untilMs=${nowMs + 7 * 86_400_000}`,
    `fromMs=${nowMs}&untilMs=${nowMs - 1_000}&sinceMs=${nowMs}`,
    `fromMs=${nowMs + 7 * 86_400_000}&sinceMs=${nowMs + 7 * 86_400_000}`,
  ];
  const windows = OPERATIONS.filter(
    (each) => !isAboveAll(each) && each.parameters.some(({ name }) => name === 'untilMs'),
  );
  expect(windows.length).toBeGreaterThan(3);
  for (const operation of windows) {
    for (const query of wrong) {
      const response = await fetch(`${vitals.url}${toAddress(operation, true)}?${query}`);
      expect(response.status, `${operation.path}?${query}`).toBe(400);
      expect(((await response.json()) as { error: string }).error).toMatch(/^\w+Ms .+\.$/);
    }
    if (!operation.path.includes('{key}')) continue;
    const key = encodeURIComponent(
      picture.services.find(({ verdict }) => verdict === 'healthy')?.replicas[0]?.key ?? '',
    );
    const never = toAddress(operation, true).replace(`/${key}/`, '/no-such-key/');
    for (const query of ['', `?fromMs=${nowMs - 60_000}`, `?fromMs=${nowMs - 60_000}&untilMs=${nowMs}`])
      expect((await fetch(vitals.url + never + query)).status, never + query).toBe(404);
  }
});

test('the stream begins with a snapshot, and its beats come', async () => {
  const stop = new AbortController();
  const response = await fetch(`${vitals.url}/api/stream`, { signal: stop.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let body = '';
  for await (const chunk of response.body ?? []) {
    body += Buffer.from(chunk).toString();
    if (body.includes('"kind":"beat"')) break;
  }
  stop.abort();
  const messages = body.matchAll(/^data: (.*)\n\n/gm);
  const kinds = Array.from(
    messages,
    ([, text = '']) => API_SCHEMAS.StreamMessage.parse(JSON.parse(text)).kind,
  );
  expect(kinds.slice(0, 1)).toEqual(['snapshot']);
  expect(kinds).toContain('beat');
});

test('the document is served, and names every path', async () => {
  const document = (await (await fetch(`${vitals.url}/openapi.json`)).json()) as { paths: object };
  const paths = [...OPERATIONS, ...CHANGES].map(({ path }) => path);
  expect(Object.keys(document.paths)).toEqual([...new Set(paths)]);
});
