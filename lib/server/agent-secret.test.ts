import { createServer as createPlainServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { createSockets } from '#lib/engine/docker/transport/create-sockets.ts';
import { get } from '#lib/engine/docker/transport/get.ts';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { askAgent } from '#lib/testing/agent/ask-agent.ts';
import { buildAgentConfig } from '#lib/testing/agent/build-agent-config.ts';
import { tapConnection } from '#lib/testing/agent/tap-connection.ts';
import { startTestServer } from '#lib/testing/start-test-server.ts';
import { createAgentAccess } from './agents/create-agent-access.ts';

// What server and agent prove to each other, and what everybody in between learns: nothing.
const SECRET = 'correct-horse-battery-staple-0123456789';
const OTHER = 'another-secret-of-somebody-else-98765432';
const CLOSED_WITHIN_MS = 9_000;
const swarm = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
const { hostname, port: enginePort } = new URL(swarm.engines[3] ?? '');
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => swarm.close());

async function startAgent(secret = SECRET, port = Number(enginePort)) {
  const lines: string[] = [];
  const agent = createAgentServer(
    buildAgentConfig({ engine: { kind: 'tcp', host: hostname, port }, secret }),
    { nowMs: () => performance.now(), log: (text) => lines.push(text) },
  );
  closers.push(() => agent.close());
  return { port: await agent.listen(), lines, counts: agent.counts };
}

function openClient(port: number) {
  const access = createAgentAccess(
    { kind: 'agents', service: 'vitals_agent', secret: SECRET, port, caPath: null },
    { facts: createFacts(), nowMs: () => 0 },
  );
  const client = createDockerClient(access.parse(`tcp://127.0.0.1:${port}`), { agentSecret: SECRET });
  closers.push(() => client.close());
  return client;
}

/** Somebody who listens where an agent should. @returns the port, and what it understood of what it was sent */
async function listen(server: Server): Promise<{ port: number; received: Buffer[] }> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, received };
}

const errorOf = async (client: ReturnType<typeof openClient>) =>
  String(await client.ping(2_000).catch((error: Error) => error.message));

describe('somebody in the middle', () => {
  it('sees neither the secret, nor what was asked, nor any name', async () => {
    const agent = await startAgent();
    const tap = await tapConnection(agent.port);
    closers.push(tap.close);
    const client = openClient(tap.port);
    const identity = await client.identify();
    const [first] = await client.listContainers();
    const container = await client.inspectContainer(first?.id ?? '');
    const all = Buffer.concat(tap.recorded.flatMap(({ toServer, toClient }) => [toServer, toClient]));
    expect(all.length).toBeGreaterThan(2_000);
    const known = [SECRET, identity.hostname, identity.nodeId, first?.id, container?.taskId];
    for (const text of [...known, 'GET /', 'HTTP/1.1', 'Bearer', 'containers'])
      expect(all.includes(text ?? 'nothing'), text ?? 'nothing').toBe(false);
    expect(all.includes(toAgentKey(SECRET))).toBe(false);
  });

  it('gets nothing for what it recorded: each connection proves the secret anew', async () => {
    const engine = await startTestServer({ '/_ping': (_, response) => response.end('OK') });
    closers.push(engine.stop);
    const agent = await startAgent(SECRET, engine.port);
    const tap = await tapConnection(agent.port);
    closers.push(tap.close);
    await openClient(tap.port).ping(2_000);
    for (const { toServer } of tap.recorded) {
      const answered = await sendRaw(agent.port, toServer);
      // Handshake (22), change of cipher (20) and alerts (21), and nothing of what is said after them (23).
      expect(toRecordTypes(answered)).not.toContain(23);
      expect(toRecordTypes(answered)).toContain(22);
    }
    expect(engine.asked).toEqual(['/_ping']);
    expect(agent.counts().proven).toBe(1);
  });
});

describe('who pretends to be an agent', () => {
  it('gets nothing but a greeting, whatever it speaks, and the node says so', async () => {
    const requests: string[] = [];
    const plain = await listen(
      createPlainServer((request, response) => {
        requests.push(request.url ?? '');
        response.end('OK');
      }),
    );
    const otherKey = await listen(
      createHttpsServer(
        { ...AGENT_TLS, pskIdentityHint: AGENT_PROTOCOL, pskCallback: () => toAgentKey(OTHER) },
        (request, response) => {
          requests.push(request.url ?? '');
          response.end('OK');
        },
      ),
    );
    const received: Buffer[] = [];
    const silent = await listen(createServer((socket) => socket.on('data', (chunk) => received.push(chunk))));
    const old = await listen(createServer((socket) => socket.on('data', () => socket.destroy())));

    expect(await errorOf(openClient(plain.port))).toMatch(/does not prove the secret.*another version/);
    expect(await errorOf(openClient(otherKey.port))).toMatch(/secret and that of the agent at .* differ/);
    expect(await errorOf(openClient(old.port))).toMatch(/another version.*Deploy the stack again/);
    expect(await errorOf(openClient(silent.port))).toMatch(/did not answer/);
    expect(requests).toEqual([]);
    const greeting = Buffer.concat(received);
    expect(toRecordTypes(greeting)).toEqual([22]);
    for (const text of [SECRET, '_ping', 'GET', 'Bearer']) expect(greeting.includes(text)).toBe(false);
  });
});

describe('a secret that differs', () => {
  it('is said at the node and in the log of the agent, and nobody learns the other’s', async () => {
    const agent = await startAgent(OTHER);
    const message = await errorOf(openClient(agent.port));
    expect(message).toMatch(/The server's secret and that of the agent at tcp:\/\/127.0.0.1:\d+ differ/);
    await expect.poll(() => agent.lines.join('\n')).toMatch(/the server's secret and this agent's differ/);
    for (const text of [message, ...agent.lines]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(OTHER);
    }
    expect(agent.counts()).toEqual({ strangers: 0, proven: 0 });
  });

  it('is not to be found in what can be printed of a client', async () => {
    const agent = await startAgent();
    const client = openClient(agent.port);
    const access = parseEndpoint(`tcp://127.0.0.1:${agent.port}`, { certPath: null, tlsVerify: false });
    const sockets = createSockets({ ...access, tls: 'psk' } as Endpoint, {
      agentSecret: SECRET,
      maxSockets: 2,
    });
    closers.push(sockets.close);
    const { signal } = new AbortController();
    await get(sockets.ping.docker(), { path: '/_ping', apiVersion: null, query: {}, signal });
    const show = (value: unknown) => inspect(value, { depth: null, showHidden: true });
    // What docker-modem prints for each request, whether or not anybody debugs.
    const printed = show(sockets.ping.docker()) + show(client);
    expect(printed).toContain('Agent(tcp://');
    expect(printed).not.toContain(SECRET);
    expect(printed).not.toContain(toAgentKey(SECRET).toString('hex'));
  });
});

/** A handshake by hand. @returns the connection, or why there is none */
function shakeHands(port: number, options: ConnectionOptions): Promise<TLSSocket | string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: '127.0.0.1', port, checkServerIdentity: () => undefined, ...options });
    closers.push(() => socket.destroy());
    socket.once('secureConnect', () => resolve(socket));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    socket.once('close', () => resolve('closed'));
  });
}
const knowing = (identity = AGENT_PROTOCOL, psk = toAgentKey(SECRET)): ConnectionOptions => ({
  ...AGENT_TLS,
  pskCallback: () => ({ psk, identity }),
});

describe('a handshake of another kind', () => {
  const cases: [string, ConnectionOptions][] = [
    ['with no identity', knowing('')],
    ['with another identity', knowing('swarm-vitals-agent/2')],
    ['with a key of zeros', knowing(AGENT_PROTOCOL, Buffer.alloc(32))],
    ['with an empty key', knowing(AGENT_PROTOCOL, Buffer.alloc(0))],
    ...[
      'PSK-AES128-CBC-SHA',
      'PSK-CHACHA20-POLY1305',
      'DHE-PSK-AES256-CBC-SHA384',
      'ECDHE-PSK-NULL-SHA:@SECLEVEL=0',
      'aNULL:@SECLEVEL=0',
    ].map((ciphers): [string, ConnectionOptions] => [`that asks for ${ciphers}`, { ...knowing(), ciphers }]),
    ['of TLS 1.3', { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', rejectUnauthorized: false }],
    [
      'of TLS 1.1',
      { ...knowing(), minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    ],
  ];
  it.each(cases)('%s is refused', async (_, options) => {
    const { port } = await startAgent();
    expect(await shakeHands(port, options)).toEqual(expect.any(String));
    expect(await shakeHands(port, knowing())).not.toEqual(expect.any(String));
  });

  it('is not made shorter by an earlier one, and not done again on a connection', async () => {
    const { port } = await startAgent();
    const first = await shakeHands(port, knowing());
    if (typeof first === 'string') throw new Error(first);
    expect(first.getTLSTicket()).toBeUndefined();
    const session = first.getSession();
    const again = await shakeHands(port, {
      ...knowing(AGENT_PROTOCOL, Buffer.alloc(32)),
      ...(session ? { session } : {}),
    });
    expect(again).toEqual(expect.any(String));
    expect(await new Promise((resolve) => first.renegotiate({}, resolve))).toBeInstanceOf(Error);
  });
});

describe('an agent', () => {
  it('says of a server of an earlier version that it speaks in clear, and answers it nothing', async () => {
    const agent = await startAgent();
    const answered = await sendRaw(
      agent.port,
      Buffer.from('GET /_ping HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer y\r\n\r\n'),
    );
    expect(answered.toString()).not.toContain('HTTP/1.1');
    await expect.poll(() => agent.lines.join('\n')).toMatch(/without encryption.*deploy the stack again/);
  });

  it('refuses bodies, and requests that may be read in two ways', async () => {
    const agent = await startAgent();
    const ask = (headers: Record<string, string>, body?: string) =>
      askAgent(agent.port, '/_ping', { secret: SECRET, headers, ...(body === undefined ? {} : { body }) });
    expect((await ask({})).status).toBe(200);
    expect((await ask({ 'Content-Length': '2' }, 'no')).status).toBe(413);
    expect((await ask({ 'Transfer-Encoding': 'chunked' }, 'no')).status).toBe(413);
  });
});

/** Sends these bytes and reads until the other side closes. */
function sendRaw(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const answered: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(CLOSED_WITHIN_MS, () => socket.destroy(new Error('It stays open.')));
    socket.on('data', (chunk) => answered.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
    socket.on('close', () => resolve(Buffer.concat(answered)));
  });
}

/** The types of the TLS records in these bytes, each once. */
function toRecordTypes(bytes: Buffer): number[] {
  const types = new Set<number>();
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) types.add(bytes[at] ?? 0);
  return [...types].sort();
}
