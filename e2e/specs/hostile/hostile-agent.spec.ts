import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { expect, test } from '@playwright/test';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { CHECK, ENTER } from '#e2e/support/checkout.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { makeAuthority, makeCertificate } from '#e2e/support/hostile/make-certificates.ts';
import { frames, type HostileEngine, startHostileEngine } from '#e2e/support/hostile/start-hostile-engine.ts';
import { type GetProxy, startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { type Tap, tapConnection } from '#lib/testing/agent/tap-connection.ts';
import { HOSTILE_UNITS, repeatTo } from '#lib/testing/hostile-texts.ts';

// A node with an agent, one whose agent has another secret, and one where somebody else listens in its place.

const SECRET = 'correct-horse-battery-staple-0123456789';
const OTHER = 'another-secret-of-somebody-else-98765432';
const HEARTBEAT = '/dev/shm/vitals-heartbeat';
const [OWN, DIFFERS, FAKE] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
/** A greeting, of which the rest never comes. */
const GREETING = Buffer.from('160301020001', 'hex');
const HALF_OPEN = 1_000;
const MB = 1_000_000;
/** As long as a line, an output or an error may come, and one more of what it is made of than is looked at. */
const HOSTILE_TEXTS = HOSTILE_UNITS.map((unit) => repeatTo(unit, 65_000));
/** Far more than an answer takes, and far less than one text would if looking through it were not linear. */
const STANDS_STILL_MS = 5_000;

// A thousand connections leave nothing to who measures beside them.
test.describe.configure({ lock: '-exclusive-' });

let demo: DemoSwarm;
let manager: GetProxy;
/** The first node's engine, which can say what it likes: in inspects, what is put in; else, what attacks. */
let bent: GetProxy;
let engine: HostileEngine;
let putIn: (() => string) | null = null;
let agentService: string;
let vitals: VitalsServer;
let tap: Tap;
let port: number;
const agents: { process: ChildProcess; log(): string }[] = [];
const fakeAsked: string[] = [];
const fake = createServer(
  { ...AGENT_TLS, pskIdentityHint: AGENT_PROTOCOL, pskCallback: () => toAgentKey(OTHER) },
  (request, response) => {
    fakeAsked.push(request.url ?? '');
    response.end('OK');
  },
);

function startAgent(
  engineAt: string | undefined,
  secret: string,
  host: string,
  atPort: number,
  settings: Record<string, string> = {},
) {
  const child = spawn(join(root, 'node_modules/.bin/node'), [ENTER, 'agent'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      DOCKER_HOST: engineAt ?? '',
      VITALS_AGENT_SECRET: secret,
      VITALS_AGENT_HOST: host,
      VITALS_AGENT_PORT: String(atPort),
      ...settings,
    },
  });
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += String(chunk);
  });
  const agent = { process: child, log: () => log };
  agents.push(agent);
  return agent;
}

/** A container whose error and probes say these. */
function toHostile(text: string, next: () => string): string {
  const container = JSON.parse(text) as {
    State: { Error: string; Health?: { Log?: { Output: string }[] } };
  };
  container.State.Error = next();
  for (const probe of container.State.Health?.Log ?? []) probe.Output = next();
  return JSON.stringify(container);
}

interface TaskJson {
  ServiceID: string;
  NodeID?: string;
  NetworksAttachments?: { Addresses: string[] }[];
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  demo = await createDemoSwarm({
    ...{ nodes: 3, services: 3, replicas: 18, churn: 0 },
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  const nodes = demo.world.nodes.map(({ id }) => id);
  const service = demo.world.services.find(({ id }) => {
    const on = [...demo.world.tasks.values()]
      .filter(({ service: of }) => of.id === id)
      .map(({ node }) => node?.id);
    return nodes.every((node) => on.includes(node));
  });
  if (service === undefined) throw new Error('No service runs on every node.');
  port = await findFreePort();
  rmSync(HEARTBEAT, { force: true });
  bent = await startGetProxy(demo.engines[0] ?? '', 0, {
    body: (text, path) =>
      putIn !== null && /\/containers\/\w+\/json/.test(path) && text.startsWith('{"')
        ? toHostile(text, putIn)
        : text,
  });
  engine = await startHostileEngine(bent.endpoint);
  const own = startAgent(engine.endpoint(), SECRET, '127.0.0.1', port);
  const differs = startAgent(demo.engines[1], OTHER, DIFFERS, port);
  await waitFor(() => /listens/.test(own.log()) && /listens/.test(differs.log()), 30_000, 'both agents');
  // Whoever is in the middle of the first one keeps what passes.
  tap = await tapConnection(port, { host: OWN, port });
  await new Promise<void>((resolve) => fake.listen(port, FAKE, resolve));
  manager = await startGetProxy(demo.engines[0] ?? '', 0, {
    body(text, path) {
      if (!path.includes('/tasks')) return text;
      const tasks = JSON.parse(text) as TaskJson[];
      for (const task of tasks)
        if (task.ServiceID === service.id)
          for (const at of task.NetworksAttachments ?? [])
            at.Addresses = [`${[OWN, DIFFERS, FAKE][nodes.indexOf(task.NodeID ?? '')] ?? FAKE}/8`];
      return JSON.stringify(tasks);
    },
  });
  const listed = await fetch(`${manager.endpoint.replace('tcp:', 'http:')}/services`);
  const named = ((await listed.json()) as { ID: string; Spec: { Name: string } }[]).find(
    ({ ID }) => ID === service.id,
  );
  agentService = named?.Spec.Name ?? '';
  vitals = await startVitals({
    VITALS_MANAGERS: manager.endpoint,
    VITALS_AGENT_SERVICE: agentService,
    VITALS_AGENT_SECRET: SECRET,
    VITALS_AGENT_PORT: String(port),
  });
});
test.afterAll(async () => {
  await vitals?.kill();
  for (const { process: child } of agents) child.kill('SIGKILL');
  rmSync(HEARTBEAT, { force: true });
  await tap?.close();
  await manager?.close();
  await engine?.close();
  await bent?.close();
  await demo?.close();
  fake.closeAllConnections();
  fake.close();
});

/** The image's health check, of agents as the image runs them. */
function checkHealth(): [status: number | null, output: string] {
  const check = spawnSync('/bin/sh', [CHECK, HEARTBEAT], { encoding: 'utf8' });
  return [check.status, check.stdout];
}

const readNodes = async () => (await readSwarm(vitals)).nodes;
const nodeAt = async (host: string) =>
  (await readNodes()).find(({ engine }) => engine.endpoint?.includes(host));

test('the node with the secret is read; one with another secret, and somebody in an agent’s place, are named', async () => {
  await expect.poll(async () => (await nodeAt(OWN))?.engine.state, { timeout: 30_000 }).toBe('live');
  for (const host of [DIFFERS, FAKE])
    await expect
      .poll(async () => (await nodeAt(host))?.engine, { timeout: 30_000 })
      .toMatchObject({ state: 'unreachable', error: expect.stringMatching(/secret.*differ/) });
  const { services } = await readSwarm(vitals);
  const unread = (await readNodes()).filter(({ engine }) => engine.state !== 'live').map(({ id }) => id);
  for (const { nodeId, status } of services.flatMap(({ replicas }) => replicas))
    if (unread.includes(nodeId ?? '')) expect(status).toBe('unknown');
  expect(checkHealth()).toEqual([0, '']);
  // Who stands in an agent's place was asked for nothing, and nobody wrote a secret down.
  expect(fakeAsked).toEqual([]);
  for (const text of [vitals.log(), ...agents.map(({ log }) => log())])
    for (const secret of [SECRET, OTHER]) expect(text).not.toContain(secret);
});

test('who recorded everything learns nothing of it, and gets nothing for sending it again', async () => {
  await expect
    .poll(() => tap.recorded.reduce((sum, { toClient }) => sum + toClient.length, 0))
    .toBeGreaterThan(3_000);
  const all = Buffer.concat(tap.recorded.flatMap(({ toServer, toClient }) => [toServer, toClient]));
  const { hostname = '' } = (await nodeAt(OWN)) ?? {};
  for (const text of [SECRET, hostname, '/containers/json', 'HTTP/1.1', 'Health'])
    expect(all.includes(text), text).toBe(false);
  // Handshakes, changes of cipher and alerts, but nothing that is said after them.
  for (const { toServer } of tap.recorded.slice(0, 3))
    expect(toRecordTypes(await sendBytes(toServer))).not.toContain(23);
});

/** A server of its own, as the agent sees it. */
function openClient() {
  const endpoint = parseEndpoint(`tcp://127.0.0.1:${port}`, { certPath: null, tlsVerify: false });
  return createDockerClient({ ...endpoint, tls: 'psk' } as Endpoint, { agentSecret: SECRET });
}

/** @returns why it is not followed; `null`: it is */
function followLog(client: ReturnType<typeof openClient>, id: string): Promise<string | null> {
  return new Promise((resolve) => {
    client.openLog(id, {
      ...{ tail: 1, sinceMs: null, follow: true },
      onOpen: () => resolve(null),
      onLines: () => {},
      onClose: (error) => resolve(error?.message ?? 'ended'),
    });
  });
}

test('sixty-four followed logs: one more is refused with the reason, and the node is read all the same', async () => {
  const clients = [openClient(), openClient()];
  const [first, second] = clients;
  if (first === undefined || second === undefined) throw new Error('There are two.');
  try {
    await first.identify();
    const [container] = await first.listContainers();
    const id = container?.id ?? '';
    const opened = Array.from({ length: 64 }, (_, index) => followLog(index % 2 === 0 ? first : second, id));
    expect((await Promise.all(opened)).filter((why) => why !== null)).toEqual([]);
    expect(await followLog(first, id)).toBe('This agent follows 64 logs already.');
    await first.ping(20_000);
    tap.cut();
    await expect.poll(async () => (await nodeAt(OWN))?.engine.state, { timeout: 60_000 }).toBe('live');
  } finally {
    for (const client of clients) client.close();
  }
});

test('errors, outputs and lines that would hold up masking: the agent answers meanwhile, and the node is read', async () => {
  test.setTimeout(120_000);
  const client = openClient();
  const other = openClient();
  let used = 0;
  let slowestMs = 0;
  let isOver = false;
  putIn = () => {
    used += 1;
    return HOSTILE_TEXTS[used % HOSTILE_TEXTS.length] ?? '';
  };
  const pinging = (async () => {
    while (!isOver) {
      const askedAtMs = performance.now();
      await other.ping(60_000);
      slowestMs = Math.max(slowestMs, performance.now() - askedAtMs);
      await sleep(100);
    }
  })();
  pinging.catch(() => {});
  try {
    await client.identify();
    await other.identify();
    const ids = (await client.listContainers()).map(({ id }) => id);
    for (let round = 0; used < HOSTILE_TEXTS.length; round += 1) {
      expect(round, 'each of them is put in').toBeLessThan(HOSTILE_TEXTS.length);
      await Promise.all(ids.map((id) => client.inspectContainer(id, 60_000)));
    }
    isOver = true;
    await pinging;
    // What a container prints goes through it as it is, and is masked by the server.
    const lines = HOSTILE_TEXTS.slice(0, 50).map((text) => frames(`${text.slice(0, 64_000)}\n`, 1));
    const log = Buffer.concat(lines);
    engine.attack((path) =>
      /\/logs$/.test(path)
        ? (response) => {
            response.writeHead(200, { 'Content-Type': 'application/vnd.docker.multiplexed-stream' });
            response.end(log);
          }
        : null,
    );
    await expect.poll(async () => (await nodeAt(OWN))?.engine.state, { timeout: 60_000 }).toBe('live');
    const nodeId = (await nodeAt(OWN))?.id;
    const replica = (await readSwarm(vitals)).services
      .flatMap(({ name, replicas }) => replicas.map((one) => ({ name, ...one })))
      .find((one) => one.nodeId === nodeId && one.containerId !== null);
    const answer = await fetch(
      `${vitals.url}/api/services/${replica?.name}/${replica?.key}/log?tail=50&format=text`,
    );
    expect(answer.status).toBe(200);
    expect((await answer.text()).length).toBeGreaterThan(50_000);
    expect((await fetch(`${vitals.url}/api/healthz`)).status).toBe(200);
  } finally {
    putIn = null;
    engine.attack(null);
    isOver = true;
    for (const one of [client, other]) one.close();
  }
  test.info().annotations.push({ type: 'measured', description: `slowest ping ${slowestMs} ms` });
  expect(slowestMs).toBeLessThan(STANDS_STILL_MS);
  await expect.poll(async () => (await nodeAt(OWN))?.engine.state, { timeout: 60_000 }).toBe('live');
});

test('with certificates: a node is read whose agent shows one of the authority, whatever its name; one that is over or of another authority is named, and sent no secret', async () => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'vitals-agent-certificates-'));
  const [good, old] = [join(folder, 'good'), join(folder, 'old')];
  for (const one of [good, old]) mkdirSync(one);
  // An agent reads them as the user that it runs as.
  chmodSync(folder, 0o755);
  const ours = makeAuthority(folder, 'ours');
  const theirs = makeAuthority(folder, 'theirs');
  makeCertificate(ours, good, { name: 'some-other-name' });
  makeCertificate(ours, old, { name: 'agent', days: -1 });
  const foreign = makeCertificate(theirs, folder, { name: 'agent' });
  const asked: string[] = [];
  const impostor = createServer(
    { cert: readFileSync(foreign.cert), key: readFileSync(foreign.key) },
    (request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.end('OK');
    },
  );
  const at = await findFreePort();
  const shown = [
    startAgent(demo.engines[0], SECRET, OWN, at, { VITALS_AGENT_CERT_PATH: good }),
    startAgent(demo.engines[1], SECRET, DIFFERS, at, { VITALS_AGENT_CERT_PATH: old }),
  ];
  await waitFor(() => shown.every(({ log }) => /listens/.test(log())), 30_000, 'both agents');
  await new Promise<void>((resolve) => impostor.listen(at, FAKE, resolve));
  const server = await startVitals({
    VITALS_MANAGERS: manager.endpoint,
    VITALS_AGENT_SERVICE: agentService,
    VITALS_AGENT_SECRET: SECRET,
    VITALS_AGENT_PORT: String(at),
    VITALS_AGENT_CA: ours.cert,
  });
  const engineAt = async (host: string) =>
    (await readSwarm(server)).nodes.find(({ engine: { endpoint } }) => endpoint?.includes(host))?.engine;
  try {
    await expect.poll(async () => (await engineAt(OWN))?.state, { timeout: 30_000 }).toBe('live');
    for (const [host, why] of [
      [DIFFERS, /certificate has expired/],
      [FAKE, /not signed by the authority in VITALS_AGENT_CA/],
    ] as const)
      await expect
        .poll(() => engineAt(host), { timeout: 30_000 })
        .toMatchObject({ state: 'unreachable', error: expect.stringMatching(why) });
    const { services, nodes } = await readSwarm(server);
    const unread = nodes.filter(({ engine: { state } }) => state !== 'live').map(({ id }) => id);
    expect(unread).toHaveLength(2);
    for (const { nodeId, status } of services.flatMap(({ replicas }) => replicas))
      if (unread.includes(nodeId ?? '')) expect(status).toBe('unknown');
    expect(asked).toEqual([]);
    for (const text of [server.log(), ...shown.map(({ log }) => log())]) expect(text).not.toContain(SECRET);
  } finally {
    await server.kill();
    for (const { process: child } of shown) child.kill('SIGKILL');
    impostor.closeAllConnections();
    impostor.close();
    rmSync(folder, { recursive: true });
  }
});

const knowing = (identity = AGENT_PROTOCOL, secret = SECRET): ConnectionOptions => ({
  ...AGENT_TLS,
  pskCallback: () => ({ psk: toAgentKey(secret), identity }),
});
const ODD: Record<string, ConnectionOptions> = {
  'TLS 1.0': { ...knowing(), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
  'TLS 1.3': { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', rejectUnauthorized: false },
  'another identity': knowing('swarm-vitals-agent/9'),
  'a long identity': knowing('x'.repeat(256)),
  'another secret': knowing(AGENT_PROTOCOL, OTHER),
  'no encryption': { ...knowing(), ciphers: 'ECDHE-PSK-NULL-SHA:@SECLEVEL=0' },
};
const GARBAGE: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  zeros: Buffer.alloc(20_000),
  'a record of 64 kB': Buffer.from(`1603 03ffff${'00'.repeat(40_000)}`.replaceAll(' ', ''), 'hex'),
  'alerts without end': Buffer.from('15030300020100'.repeat(5_000), 'hex'),
  'a greeting in pieces': Buffer.from('1603010001'.repeat(3_000), 'hex'),
  'HTTP in clear': Buffer.from('GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n'),
};

test('odd handshakes, garbage and a thousand that stop midway: the agent answers the server all the same', async () => {
  test.setTimeout(120_000);
  expect(await shakeHands(knowing()), 'the test knows how').toBe('open');
  for (const [title, options] of Object.entries(ODD))
    expect(await shakeHands(options), title).not.toBe('open');
  for (const [title, bytes] of Object.entries(GARBAGE))
    expect((await sendBytes(bytes)).toString('latin1'), title).not.toContain('HTTP/1.1');
  expect(await shakeHands(knowing(), true), 'once is enough').toBe('not again');

  const open: Socket[] = [];
  const agent = agents[0];
  try {
    for (let index = 0; index < HALF_OPEN; index += 1) {
      const socket = connect(port, '127.0.0.1', () => socket.write(GREETING));
      open.push(socket.on('error', () => {}));
    }
    // With its way to the agent cut off, the server has to get in beside them.
    tap.recorded.length = 0;
    tap.cut();
    await expect
      .poll(() => tap.recorded.some(({ toClient }) => toClient.length > 2_000), { timeout: 60_000 })
      .toBe(true);
    await expect.poll(async () => (await nodeAt(OWN))?.engine.state, { timeout: 60_000 }).toBe('live');
    const status = readFileSync(`/proc/${agent?.process.pid}/status`, 'utf8');
    expect(checkHealth(), 'beside them').toEqual([0, '']);
    expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024).toBeLessThan(200 * MB);
    // What proves nothing is closed, sooner or later.
    await expect.poll(() => open.filter(({ destroyed }) => !destroyed).length, { timeout: 60_000 }).toBe(0);
  } finally {
    for (const socket of open) socket.destroy();
  }
  expect(agent?.process.exitCode).toBeNull();
  expect(agent?.log().split('\n').length).toBeLessThan(60);
  expect(agent?.log()).not.toMatch(/\n\s+at /);
});

/** @returns `open` where a request was answered, else why it is not */
function shakeHands(options: ConnectionOptions, twice = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: '127.0.0.1', port, checkServerIdentity: () => undefined, ...options });
    const end = (why: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.once('secureConnect', () => {
      if (!twice) socket.write('GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n');
      else socket.renegotiate({}, (error) => end(error === null ? 'again' : 'not again'));
    });
    socket.once('data', () => end('open'));
    socket.on('error', ({ message }) => end(message));
    socket.once('close', () => end('closed'));
  });
}

/** Sends these bytes to the agent, and reads until it closes. */
function sendBytes(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const answered: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => answered.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(answered)));
  });
}

/** The types of the TLS records in these bytes. */
function toRecordTypes(bytes: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) types.push(bytes[at] ?? 0);
  return types;
}
