import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { type HostileEngine, startHostileEngine } from '#e2e/support/hostile/start-hostile-engine.ts';
import {
  CANARY,
  CANARY_WORD,
  canary,
  HOSTILE_NAME_CHARS,
  startTaintedEngine,
  type TaintedEngine,
} from '#e2e/support/hostile/start-tainted-engine.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { runCommand } from '#lib/demo/life/run-command.ts';
import { createAgentConnector } from '#lib/engine/docker/transport/connect-agent.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { HOSTILE_UNITS } from '#lib/testing/hostile-texts.ts';

// A secret goes in at every place where people write one, or where Docker quotes them. None comes out anywhere.

const LINES = [
  `seen-line ready for operator-${canary('OperatorLine')}`,
  `seen-line connecting to postgres://app:${canary('Line')}@db/x`,
  `{"msg":"seen-line","password":"${canary('JsonLine')}"}`,
  `${'x'.repeat(1_980)} password=${canary('CutLine')}`,
  `seen-line passwd bob <<< "${CANARY_WORD}"`,
  `seen-line SMTP_AUTH=bob:${CANARY_WORD}`,
  `seen-line map[Authorization:[]string{"Bearer ${CANARY_WORD}"}]`,
];
const SECRETS = new RegExp(`.{0,60}(?:${CANARY}|${CANARY_WORD})\\w*`, 'g');
const SERVICE = '/services/';
const TOKEN = 'masking-reader-0123456789abcdef0123';
let demo: DemoSwarm;
let tainted: TaintedEngine;
let refusing: HostileEngine;
let vitals: VitalsServer;
let fleet: VitalsServer;
let receiver: Server;
let folder: string;
const webhooks: string[] = [];
const names = { service: '', serviceId: '', replica: '', node: '', task: '', container: '' };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  demo = await createDemoSwarm({
    nodes: 1,
    services: 2,
    replicas: 4,
    churn: 0,
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  const [engine] = demo.engines;
  if (engine === undefined) throw new Error('There is no engine.');
  tainted = await startTaintedEngine(engine, { lines: () => LINES });
  refusing = await startHostileEngine(engine);
  refusing.attack((path) =>
    path === '/_ping'
      ? null
      : (response) => {
          response.writeHead(500, { 'Content-Type': 'application/json' });
          response.end(
            JSON.stringify({
              message: `seen-refused token=${canary('Refused')} of operator-${canary('OperatorRefused')}`,
            }),
          );
        },
  );
  receiver = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += String(chunk);
    });
    incoming.on('end', () => {
      webhooks.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'vitals-masking-'));
  vitals = await startVitals({
    VITALS_MANAGERS: tainted.endpoint,
    VITALS_ENGINES: `${tainted.endpoint},${refusing.endpoint()}`,
    VITALS_DATA: folder,
    VITALS_API_TOKEN: TOKEN,
    VITALS_PLAIN_CONTAINERS: 'on',
    VITALS_MASK: String.raw`operator-\w+`,
    VITALS_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/?token=${canary('Webhook')}`,
    VITALS_WEBHOOK_HOLD: '1',
  });
  await waitFor(
    async () => {
      const { services } = await readPicture();
      const found = services.find(({ healthCheck }) => healthCheck !== null) ?? services[0];
      const [replica] = found?.replicas.filter(({ containerId }) => containerId !== null) ?? [];
      if (!found || !replica?.taskId || !replica.containerId)
        throw new Error(`no replica yet: ${vitals.log().slice(-2_000)}`);
      names.service = encodeURIComponent(found.name);
      names.serviceId = found.id;
      names.replica = replica.key;
      names.task = replica.taskId;
      names.container = replica.containerId;
      names.node = encodeURIComponent(replica.hostname ?? '');
      return true;
    },
    30_000,
    'the swarm',
  );
  // One of it dies, for what is kept of the dead; another fails its probes.
  runCommand(demo, 'kill-task', { service: names.serviceId, slot: Number(names.replica), exitCode: 1 });
  for (const service of demo.world.services)
    for (const slot of [1, 2])
      try {
        runCommand(demo, 'flip', { service: service.id, slot, to: 'fail' });
      } catch {
        // It has no such replica, or no check.
      }
  await waitFor(
    async () => (await read(`/api/tasks/${names.task}/last-words`)).includes('seen-line'),
    45_000,
    'the last lines of the dead',
  );
  await waitFor(() => webhooks.length > 0, 30_000, 'the webhook');
  fleet = await startVitals({
    VITALS_SWARMS: `quokka=${vitals.url},numbat=${vitals.url}`,
    VITALS_SWARMS_TOKENS: `quokka=${TOKEN} numbat=${TOKEN}`,
  });
});

test.afterAll(async () => {
  await fleet?.kill();
  await vitals?.kill();
  await tainted?.close();
  await refusing?.close();
  await demo?.close();
  receiver?.closeAllConnections();
  receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

const readPicture = async () => JSON.parse(await read('/api/swarm')) as SwarmPicture;

/** What a path answers, within a time: of a stream what came until then. */
async function read(path: string, withinMs = 5_000, url = vitals.url): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), withinMs);
  let text = '';
  try {
    const response = await fetch(`${url}${path}`, {
      signal: controller.signal,
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    // A page that is not there holds no secret, and proves nothing. A status tells by its code how the service is.
    expect(path.startsWith('/api/status/') ? [200, 503] : [200], path).toContain(response.status);
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return text;
}

const readFleet = (path: string, withinMs?: number) => read(path, withinMs, fleet.url);

const readFiles = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

async function readEachIncident(): Promise<string> {
  const { incidents } = JSON.parse(await read('/api/incidents')) as { incidents: { id: string }[] };
  const texts = await Promise.all(
    incidents.flatMap(({ id }) => [read(`/api/incidents/${id}`), read(`/incidents/${id}`)]),
  );
  return texts.join('\n');
}

/** Every way out: what it gives, and something of ours that must be in it, so that it is known to be looked at. */
const EXITS: Record<string, { text(): string | Promise<string>; has: RegExp }> = {
  'the overview': { text: () => read('/'), has: /seen-host/ },
  'a service’s page': { text: () => read(`${SERVICE}${names.service}`), has: /seen-check/ },
  'a replica’s page': { text: () => read(`${SERVICE}${names.service}/${names.replica}`), has: /seen-/ },
  'a log’s page': { text: () => read(`${SERVICE}${names.service}/log`), has: /seen-name/ },
  'the nodes’ page': { text: () => read('/nodes'), has: /seen-host/ },
  'a node’s page': { text: () => read(`/nodes/${names.node}`), has: /seen-node|seen-label/ },
  'the events’ page': { text: () => read('/events'), has: /seen-name/ },
  'the incidents’ page': { text: () => read('/incidents'), has: /seen-/ },
  incidents: { text: () => read('/api/incidents'), has: /seen-/ },
  'the reports’ page': { text: () => read('/reports?days=1&all=1'), has: /seen-name/ },
  reports: { text: () => read('/api/reports?days=1'), has: /seen-name/ },
  'a report as CSV': { text: () => read('/api/reports?days=1&format=csv'), has: /seen-name/ },
  'the axis’ page': { text: () => read('/timeline'), has: /seen-/ },
  'the axis': { text: () => read('/api/timeline'), has: /seen-/ },
  'the matrix': { text: () => read('/matrix'), has: /seen-name/ },
  'replicas side by side': { text: () => read(`${SERVICE}${names.service}/compare`), has: /seen-name/ },
  'each incident': { text: readEachIncident, has: /seen-/ },
  'the wall': { text: () => read('/wall'), has: /seen-/ },
  '/api/swarm': { text: () => read('/api/swarm'), has: /seen-refused/ },
  '/api/nodes': { text: () => read('/api/nodes'), has: /seen-host/ },
  'a node': { text: () => read(`/api/nodes/${names.node}`), has: /seen-node/ },
  'a service': { text: () => read(`/api${SERVICE}${names.service}`), has: /seen-check/ },
  'a replica': {
    text: () => read(`/api${SERVICE}${names.service}/${names.replica}`),
    has: /seen-output[\s\S]*•••/,
  },
  'a service’s history': { text: () => read(`/api${SERVICE}${names.service}/history`), has: /\{/ },
  'a replica’s history': {
    text: () => read(`/api${SERVICE}${names.service}/${names.replica}/history`),
    has: /\{/,
  },
  'last lines': { text: () => read(`/api/tasks/${names.task}/last-words`), has: /seen-line/ },
  'a status': { text: () => read(`/api/status/${names.service}`), has: /seen-name|\{/ },
  events: { text: () => read('/api/events?sinceMs=0'), has: /seen-/ },
  'a log': {
    text: () => read(`/api${SERVICE}${names.service}/log?tail=10`),
    has: /seen-line[\s\S]*•••/,
  },
  'a downloaded log': {
    text: () => read(`/api${SERVICE}${names.service}/log?tail=10&format=text`),
    has: /seen-line[\s\S]*•••/,
  },
  'a followed log': {
    text: () => read(`/api${SERVICE}${names.service}/log?tail=10&follow=1`, 2_500),
    has: /seen-line[\s\S]*•••/,
  },
  'the stream': { text: () => read('/api/stream', 2_500), has: /seen-/ },
  'the wall’s stream': { text: () => read('/api/stream?view=wall', 2_500), has: /seen-/ },
  metrics: { text: () => read('/metrics'), has: /seen-name/ },
  'what else runs on a node': {
    text: () => read(`/api/nodes/${names.node}`),
    has: /"plainState":"read"[\s\S]*seen-output[^"]*•••/,
  },
  'the fleet’s page': { text: () => readFleet('/'), has: /quokka/ },
  'the fleet’s incidents': { text: () => readFleet('/incidents'), has: /seen-/ },
  'the fleet’s events': { text: () => readFleet('/events'), has: /seen-/ },
  'the fleet’s wall': { text: () => readFleet('/wall'), has: /quokka/ },
  'the fleet’s swarms': { text: () => readFleet('/api/fleet'), has: /quokka/ },
  'the fleet’s search': { text: () => readFleet('/api/fleet/search?q=seen'), has: /seen-/ },
  'the fleet’s stream': { text: () => readFleet('/api/fleet/stream', 2_500), has: /quokka/ },
  'a swarm of the fleet': { text: () => readFleet('/swarms/quokka/api/swarm'), has: /seen-/ },
  'a replica of the fleet': {
    text: () => readFleet(`/swarms/quokka/api${SERVICE}${names.service}/${names.replica}`),
    has: /seen-output[\s\S]*•••/,
  },
  'the webhook': { text: () => webhooks.join('\n'), has: /seen-/ },
  'the history’s files': { text: readFiles, has: /seen-(?:line|name)/ },
  'its own log': { text: () => vitals.log(), has: /\d{4}-/ },
};

for (const [title, { text, has }] of Object.entries(EXITS))
  test(`no secret leaves by ${title}`, async () => {
    await expect.poll(async () => text(), { timeout: 30_000 }).toMatch(has);
    const found = await text();
    expect([...new Set(found.match(SECRETS))]).toEqual([]);
    if (title !== 'the history’s files')
      for (const char of HOSTILE_NAME_CHARS) expect(found).not.toContain(char);
  });

test('something was put in everywhere', () => {
  expect([...tainted.entered].sort()).toEqual(
    ['Args', 'Check', 'Command', 'Env', 'Err', 'Image', 'Message', 'NodeLabel', 'NodeMessage', 'Output']
      .concat(['OperatorOutput', 'ServiceLabel', 'State', 'Update'])
      .sort(),
  );
});

test('what a person copies as Markdown holds no secret', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: vitals.url });
  for (const path of [`${SERVICE}${names.service}`, `${SERVICE}${names.service}/${names.replica}`]) {
    await page.goto(`${vitals.url}${path}`);
    await page
      .getByRole('button', { name: /^Copy as Markdown/ })
      .first()
      .click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/seen-/);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).not.toMatch(SECRETS);
    // Zero widths of our own keep addresses from becoming links.
    for (const char of HOSTILE_NAME_CHARS.replace('\u200b', '')) expect(copied).not.toContain(char);
    const title = await page.title();
    for (const char of HOSTILE_NAME_CHARS) expect(title).not.toContain(char);
  }
});

for (const path of [
  '/services/%E0%A4',
  '/services/%25E0%25A4',
  '/nodes/%25',
  '/api/services/%25E0%25A4',
  '/services/%00',
])
  test(`an address that is none is refused or not found: ${path}`, async () => {
    const { status } = await fetch(`${vitals.url}${path}`);
    expect([400, 404]).toContain(status);
    expect(vitals.log()).not.toMatch(/URIError|at \w+ \(/);
  });

test('settings that cannot be are reported without the secrets in them', async () => {
  const problem = await startVitals({
    VITALS_MANAGERS: `tcp://bob:${canary('Setting')}@127.0.0.1:1:2:3,ftp://bob:${canary('Scheme')}@h`,
    VITALS_MASK: String.raw`(?=${canary('Pattern')});;(a)\1;;b*`,
  }).catch((error: Error) => error);
  expect(problem).toBeInstanceOf(Error);
  const message = String(problem);
  expect(message).toMatch(/VITALS_MANAGERS|ftp/);
  // What could take for ever, and what would hide everything.
  for (const what of ['looks ahead', 'refers back to a group', 'matches an empty text'])
    expect(message).toContain(what);
  expect(message).not.toMatch(new RegExp(`${CANARY}(?:Setting|Scheme)`));
  const large = startVitals({ VITALS_MANAGERS: 'tcp://127.0.0.1:1', VITALS_MASK: String.raw`\pL{999}!` });
  await expect(large).rejects.toThrow(/the patterns are too large/);
});

test('a container that dies with hostile lines of 64 kB does not hold anybody up', async () => {
  const [engine] = demo.engines;
  if (engine === undefined) throw new Error('There is no engine.');
  const texts = HOSTILE_UNITS.map((text) => text.repeat(Math.ceil(65_000 / text.length)));
  const hostile = await startTaintedEngine(engine, {
    lines: () => Array.from({ length: 50 }, (_, at) => texts[at % texts.length]?.slice(0, 65_000) ?? ''),
  });
  const server = await startVitals({
    VITALS_MANAGERS: hostile.endpoint,
    // An engine that goes back and tries again never ends with it.
    VITALS_MASK: String.raw`(?:[\w.-]+)+!\x00`,
  });
  try {
    const answer = async () =>
      JSON.parse(await (await fetch(`${server.url}/api/swarm`)).text()) as SwarmPicture;
    await expect
      .poll(
        async () =>
          (await answer()).services
            .flatMap(({ replicas }) => replicas)
            .filter(({ containerId }) => containerId).length,
      )
      .toBeGreaterThan(0);
    const taskIds: string[] = [];
    for (const service of demo.world.services)
      for (const slot of [1, 2, 3])
        try {
          const { taskId } = runCommand(demo, 'kill-task', { service: service.id, slot });
          if (taskId !== undefined) taskIds.push(taskId);
        } catch {
          // It has no such replica, or it is not up just now.
        }
    expect(taskIds.length).toBeGreaterThan(0);
    let slowestMs = 0;
    await waitFor(
      async () => {
        const askedAtMs = performance.now();
        await fetch(`${server.url}/api/healthz`);
        slowestMs = Math.max(slowestMs, performance.now() - askedAtMs);
        const read = await Promise.all(
          taskIds.map(async (id) => (await fetch(`${server.url}/api/tasks/${id}/last-words`)).text()),
        );
        return read.every((text) => /"lines":\[\{/.test(text));
      },
      60_000,
      'the last lines of all that died',
    );
    test.info().annotations.push({ type: 'measured', description: `slowest health check ${slowestMs} ms` });
    // A guard against standing still; how long a text takes is measured in the bench.
    expect(slowestMs).toBeLessThan(3_000);
  } finally {
    await server.kill();
    await hostile.close();
  }
});

test('an agent’s answers and its log hold no secret', async () => {
  const secret = 'masking-0123456789abcdef0123456789abcdef';
  const port = await findFreePort();
  const [engine] = demo.engines;
  if (engine === undefined) throw new Error('There is no engine.');
  const leaderless = await startTaintedEngine(engine, { lines: () => LINES, isLeaderless: true });
  const agent = spawn(join(root, 'node_modules/.bin/node'), [join(root, 'lib/agent/cli.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      DOCKER_HOST: leaderless.endpoint,
      VITALS_AGENT_SECRET: secret,
      VITALS_MASK: String.raw`operator-\w+`,
      VITALS_AGENT_PORT: String(port),
    },
  });
  let log = '';
  agent.stderr.on('data', (chunk) => {
    log += String(chunk);
  });
  try {
    await waitFor(() => /listens/.test(log), 20_000, 'the agent');
    const connect = createAgentConnector(secret);
    const ask = (path: string) =>
      new Promise<string>((resolve, reject) => {
        const asked = request(
          { path, createConnection: () => connect({ host: '127.0.0.1', port }) },
          (response) => {
            let body = '';
            response.setEncoding('utf8');
            response.on('data', (text) => {
              body += text;
            });
            response.on('end', () => resolve(body));
          },
        );
        asked.on('error', reject);
        asked.end();
      });
    const askAll = async () => {
      const listed = JSON.parse(
        await ask(`/v1.41/containers/json?all=1&filters=${encodeURIComponent('{"is-task":["true"]}')}`),
      ) as { Id: string }[];
      const inspected: string[] = [];
      for (const { Id } of listed) inspected.push(await ask(`/v1.41/containers/${Id}/json`));
      return [
        await ask('/v1.41/info'),
        await ask('/version'),
        JSON.stringify(listed),
        ...inspected,
        await ask(`/v1.41/containers/${'0'.repeat(64)}/json?token=${canary('Asked')}`),
      ].join('\n');
    };
    // Containers come and go on it: not at every moment has one been probed.
    const answers = await waitFor(
      async () => {
        const all = await askAll();
        return all.includes('seen-output') ? all : null;
      },
      60_000,
      'a container that was probed',
    );
    expect(answers).toMatch(/seen-swarm/);
    expect(answers.match(SECRETS) ?? []).toEqual([]);
    expect(log).not.toContain(CANARY);
  } finally {
    agent.kill('SIGKILL');
    await leaderless.close();
  }
});
