import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { ADMISSION } from '#lib/agent/create-admission.ts';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import type { LogStream } from '#lib/engine/port.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { buildAgentConfig } from '#lib/testing/agent/build-agent-config.ts';
import { sendJson, startTestServer } from '#lib/testing/start-test-server.ts';
import { createAgentAccess } from './agents/create-agent-access.ts';

// Many at an agent's door, and many logs: the server's questions are answered all the same.
const SECRET = 'correct-horse-battery-staple-0123456789';
const FOLLOWED = 64;
/** A guard against hanging alone: strangers, agent and server share one thread here. */
const ANSWERED_WITHIN_MS = 10_000;
const ID = 'c'.repeat(64);
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const CONTAINER = {
  Id: ID,
  State: { Status: 'running', Running: true },
  Config: { Labels: { 'com.docker.swarm.task.id': 't1' } },
};

/** An agent in front of an engine whose logs never end, and a server's client of it. */
async function setUp(containers: readonly object[] = []) {
  const engine = await startTestServer({
    '/_ping': (_, response) => response.end('OK'),
    '/info': (_, response) => sendJson(response, { ID: 'e', Swarm: { NodeID: 'n' } }),
    '/events': (_, response) => response.writeHead(200).flushHeaders(),
    '/containers/json': (_, response) => sendJson(response, containers),
    [`/containers/${ID}/json`]: (_, response) => sendJson(response, CONTAINER),
    [`/containers/${ID}/logs`]: (_, response) => response.writeHead(200).flushHeaders(),
  });
  closers.push(engine.stop);
  const lines: string[] = [];
  const agent = createAgentServer(
    buildAgentConfig({ engine: { kind: 'tcp', host: '127.0.0.1', port: engine.port }, secret: SECRET }),
    { nowMs: () => performance.now(), log: (text) => lines.push(text) },
  );
  const port = await agent.listen();
  closers.push(() => agent.close());
  const openClient = () => {
    const access = createAgentAccess(
      { kind: 'agents', service: 'vitals_agent', secret: SECRET, port, caPath: null },
      { facts: createFacts(), nowMs: () => 0 },
    );
    const client = createDockerClient(access.parse(`tcp://127.0.0.1:${port}`), { agentSecret: SECRET });
    closers.push(() => client.close());
    return client;
  };
  return { agent, engine, port, lines, openClient };
}

/** Opens a log and waits until it is accepted. Resolves with the reason when it is not. */
function follow(
  client: ReturnType<typeof createDockerClient>,
): Promise<{ log: LogStream; why: string | null }> {
  return new Promise((resolve) => {
    const log: LogStream = client.openLog(ID, {
      tail: 1,
      sinceMs: null,
      follow: true,
      onOpen: () => resolve({ log, why: null }),
      onLines: () => {},
      onClose: (error) => resolve({ log, why: error?.message ?? 'ended' }),
    });
  });
}

const openEvents = (client: ReturnType<typeof createDockerClient>) =>
  new Promise<string | null>((resolve) => {
    client.openEvents({
      scope: 'engine',
      sinceMs: null,
      onOpen: () => resolve(null),
      onEvent: () => {},
      onClose: (error) => resolve(error?.message ?? 'ended'),
    });
  });

describe('an agent that follows as many logs as it may', () => {
  it('answers everything else, and refuses one more log at once and in words', async () => {
    const { openClient } = await setUp();
    // Two servers: what one of them may follow is bounded by itself.
    const [one, other] = [openClient(), openClient()];
    await one.identify();
    const logs = await Promise.all(
      Array.from({ length: FOLLOWED }, (_, index) => follow(index % 2 === 0 ? one : other)),
    );
    expect(logs.map(({ why }) => why).filter((why) => why !== null)).toEqual([]);
    await one.ping(ANSWERED_WITHIN_MS);
    expect(await one.listContainers()).toEqual([]);
    expect(await openEvents(other)).toBeNull();
    expect((await one.identify()).nodeId).toBe('n');
    const { why } = await follow(one);
    expect(why).toBe(`This agent follows ${FOLLOWED} logs already.`);
    logs[0]?.log.close();
    await expect.poll(async () => (await follow(one)).why).toBeNull();
  });
});

describe('strangers at an agent’s door', () => {
  it('cannot shut out a server, however many they are, and are gone after a while', async () => {
    const { agent, port, lines, openClient } = await setUp();
    const inside = openClient();
    await inside.ping(ANSWERED_WITHIN_MS);
    const idle = await openIdle(port, 1_000);
    const halfGreeting = await openIdle(port, 200, Buffer.from([22, 3, 1, 2, 0, 1]));
    expect(agent.counts().strangers).toBeLessThanOrEqual(ADMISSION.strangers);
    await inside.ping(ANSWERED_WITHIN_MS);
    const late = openClient();
    await late.ping(ANSWERED_WITHIN_MS);
    for (const socket of [...idle, ...halfGreeting]) if (!socket.destroyed) socket.write('x');
    await late.ping(ANSWERED_WITHIN_MS);
    expect(lines.join('\n')).toMatch(/prove/);
    await expect.poll(() => agent.counts().strangers, { timeout: 20_000 }).toBe(0);
    await late.ping(ANSWERED_WITHIN_MS);
  }, 60_000);

  it('who hangs up in the middle of a handshake leaves nothing behind', async () => {
    const { agent, port, openClient } = await setUp();
    for (let round = 0; round < 5; round += 1)
      for (const socket of await openIdle(port, 100, Buffer.from([22, 3, 1]))) socket.resetAndDestroy();
    await openClient().ping(ANSWERED_WITHIN_MS);
    await expect.poll(() => agent.counts().strangers, { timeout: 20_000 }).toBe(0);
  });
});

const LIST = Array.from({ length: 8_000 }, (_, n) => ({
  ...{ Id: String(n).padStart(64, 'c'), Created: 1.7e9, State: 'running', Status: 'Up 5 minutes (healthy)' },
  Labels: { 'com.docker.swarm.node.id': 'n', 'com.docker.swarm.task.id': `t${n}` },
}));
const QUESTION = 'GET /containers/json HTTP/1.1\r\nHost: a\r\n\r\n';

/** Somebody on another node, who knows the secret as all agents do. */
function openByHand(port: number): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...{ ...AGENT_TLS, host: '127.0.0.1', port },
      pskCallback: () => ({ psk: toAgentKey(SECRET), identity: AGENT_PROTOCOL }),
      checkServerIdentity: () => undefined,
    });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
    closers.push(() => socket.destroy());
  });
}

describe('who knows the secret, and means ill', () => {
  it('does not have a thousand questions answered at once: who asks before reading is cut off', async () => {
    const { agent, engine, port, lines, openClient } = await setUp(LIST);
    const client = openClient();
    await client.ping(ANSWERED_WITHIN_MS);
    const greedy = await openByHand(port);
    const closed = new Promise((resolve) => greedy.once('close', resolve));
    greedy.on('error', () => {});
    greedy.write(QUESTION.repeat(1_000));
    await closed;
    expect(engine.asked.filter((path) => path.includes('/containers/json')).length).toBeLessThan(3);
    expect(lines.join('\n')).toMatch(/asks again before it has read/);
    await client.ping(ANSWERED_WITHIN_MS);
    expect(await client.listContainers()).toHaveLength(LIST.length);
    await expect.poll(() => agent.counts().proven).toBeLessThan(4);
  });
});

/** So many connections that say nothing, or this and then nothing. */
async function openIdle(port: number, count: number, begin: Buffer | null = null): Promise<Socket[]> {
  const sockets: Socket[] = [];
  const opened = Array.from(
    { length: count },
    () =>
      new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          if (begin !== null) socket.write(begin);
          resolve();
        });
        socket.on('error', () => resolve());
        sockets.push(socket);
      }),
  );
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(opened);
  return sockets;
}
