import { request } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { describeEngineContract } from '#lib/testing/describe-engine-contract.ts';

// An agent in front of an engine of the demo swarm: what the engine client sees through it, and what nobody sees.
const SECRET = 'a-secret-of-this-installation';
const swarm = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
const [leader = '', , , worker = '', oldest = ''] = swarm.engines;
const lines: string[] = [];

async function startAgent(engine: string, logs = true) {
  const { hostname, port } = new URL(engine);
  const agent = createAgentServer(
    {
      engine: { kind: 'tcp', host: hostname, port: Number(port) },
      secret: SECRET,
      port: 0,
      host: '127.0.0.1',
      tls: null,
      logs,
    },
    { nowMs: () => performance.now(), log: (text) => lines.push(text) },
  );
  return { port: await agent.listen(), close: () => agent.close() };
}

const agents = await Promise.all([
  startAgent(leader),
  startAgent(worker),
  startAgent(oldest),
  startAgent(worker, false),
]);
const [ofLeader, ofWorker, ofOldest, withoutLogs] = agents as [
  (typeof agents)[0],
  (typeof agents)[0],
  (typeof agents)[0],
  (typeof agents)[0],
];
const direct = (endpoint: string) =>
  createDockerClient(parseEndpoint(endpoint, { certPath: null, tlsVerify: false }));
const through = (agent: { port: number }, bearer: string | null = SECRET) =>
  createDockerClient(parseEndpoint(`tcp://127.0.0.1:${agent.port}`, { certPath: null, tlsVerify: false }), {
    bearer,
  });

describeEngineContract('agent of a manager', () => through(ofLeader), {
  manager: true,
  listsRefused: true,
  eventWithinMs: 25_000,
});
describeEngineContract('agent of a worker', () => through(ofWorker), {
  manager: false,
  listsRefused: true,
  eventWithinMs: 25_000,
});
describeEngineContract('agent of a worker on 20.10', () => through(ofOldest), {
  manager: false,
  listsRefused: true,
  eventWithinMs: 25_000,
});

interface Sent {
  status: number;
  body: string;
}

function send(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

const withSecret = { Authorization: `Bearer ${SECRET}` };

describe('agent', () => {
  afterAll(async () => {
    await Promise.all(agents.map((agent) => agent.close()));
    await swarm.close();
  });

  it('shows of a container what the engine itself shows, as far as the product reads it', async () => {
    const [near, far] = [direct(worker), through(ofWorker)];
    const listed = await far.listContainers();
    expect(listed.map(({ id }) => id).sort()).toEqual(
      (await near.listContainers()).map(({ id }) => id).sort(),
    );
    const dead = listed.find(({ state }) => state === 'exited');
    for (const { id } of [...listed.slice(0, 3), ...(dead ? [dead] : [])]) {
      const [a, b] = await Promise.all([near.inspectContainer(id), far.inspectContainer(id)]);
      expect({ ...b, readAtMs: 0, health: null }).toEqual({ ...a, readAtMs: 0, health: null });
      expect(b?.health?.probes.at(0)?.output).toBe(a?.health?.probes.at(0)?.output);
    }
    near.close();
    far.close();
  });

  it('tells nobody without the secret anything, and says so in the log once', async () => {
    for (const headers of [
      {},
      { Authorization: 'Bearer wrong-wrong-wrong' },
      { Authorization: SECRET },
    ] as Record<string, string>[])
      for (const path of ['/_ping', '/info', '/containers/json', '/secrets']) {
        const { status, body } = await send(ofWorker.port, 'GET', path, headers);
        expect([401, 429]).toContain(status);
        expect(body).toBe('{"message":"Unauthorized"}');
      }
    expect(lines.filter((line) => line.includes('no secret')).length).toBe(1);
  });

  it('slows down whoever guesses, and not whoever knows', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        send(ofOldest.port, 'GET', '/_ping', { Authorization: `Bearer guess-number-${index}-xx` }),
      ),
    );
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
    expect((await send(ofOldest.port, 'GET', '/_ping', withSecret)).status).toBe(200);
  });

  it('lets nothing of the environment, the arguments, the mounts or other labels through', async () => {
    const listed = JSON.parse((await send(ofWorker.port, 'GET', '/containers/json', withSecret)).body) as {
      Id: string;
    }[];
    const raw = await (
      await fetch(`${worker.replace('tcp:', 'http:')}/containers/${listed[0]?.Id}/json`)
    ).text();
    expect(raw).toContain('"Env"');
    const texts = await Promise.all(
      listed.map(
        async ({ Id }) => (await send(ofWorker.port, 'GET', `/containers/${Id}/json`, withSecret)).body,
      ),
    );
    expect(listed.length).toBeGreaterThan(0);
    for (const text of [...texts, (await send(ofLeader.port, 'GET', '/info', withSecret)).body])
      expect(text).not.toMatch(/"Env"|"Args"|"Cmd"|"Mounts"|"Binds"|planted-secret|JoinTokens/);
  });

  it('refuses every other method and path, also with the secret', async () => {
    for (const [method, path] of [
      ['POST', '/containers/create'],
      ['DELETE', '/containers/json'],
      ['PUT', '/info'],
      ['HEAD', '/_ping'],
      ['GET', '/tasks'],
      ['GET', '/secrets'],
      ['GET', `/containers/${'a'.repeat(64)}/archive?path=/etc/passwd`],
      ['GET', '/v1.41/../info'],
    ] as const)
      expect(
        (await send(ofWorker.port, method, path, withSecret)).status,
        `${method} ${path}`,
      ).toBeGreaterThanOrEqual(400);
  });

  it('gives the log of a task’s container, or none where logs are switched off', async () => {
    const [first] = JSON.parse((await send(ofWorker.port, 'GET', '/containers/json', withSecret)).body) as {
      Id: string;
    }[];
    const path = `/containers/${first?.Id}/logs?stdout=1&stderr=1&tail=5`;
    expect((await send(ofWorker.port, 'GET', path, withSecret)).status).toBe(200);
    expect((await send(withoutLogs.port, 'GET', path, withSecret)).status).toBe(403);
    const unknown = await send(
      ofWorker.port,
      'GET',
      `/containers/${'b'.repeat(64)}/logs?stdout=1`,
      withSecret,
    );
    expect(unknown.status).toBe(404);
  });
});
