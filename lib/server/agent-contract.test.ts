import { afterAll, describe, expect, it } from 'vitest';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { askAgent } from '#lib/testing/agent/ask-agent.ts';
import { buildAgentConfig } from '#lib/testing/agent/build-agent-config.ts';
import { describeEngineContract } from '#lib/testing/describe-engine-contract.ts';
import { createAgentAccess } from './agents/create-agent-access.ts';

// An agent in front of an engine of the demo swarm: what the engine client sees through it, and what nobody sees.
const SECRET = 'the-secret-of-this-installation-1';
const swarm = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
const [leader = '', , , worker = '', oldest = ''] = swarm.engines;

async function startAgent(engine: string, logs = true) {
  const { hostname, port } = new URL(engine);
  const agent = createAgentServer(
    buildAgentConfig({
      engine: { kind: 'tcp', host: hostname, port: Number(port) },
      secret: SECRET,
      logs,
      usage: logs,
    }),
    { nowMs: () => performance.now(), log: () => {} },
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
const through = ({ port }: { port: number }) => {
  const access = createAgentAccess(
    { kind: 'agents', service: 'vitals_agent', secret: SECRET, port, caPath: null },
    { facts: createFacts(), nowMs: () => 0 },
  );
  return createDockerClient(access.parse(`tcp://127.0.0.1:${port}`), { agentSecret: SECRET });
};

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

const ask = (port: number, path: string, method = 'GET') => askAgent(port, path, { secret: SECRET, method });

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
      const ofNoMoment = { readAtMs: 0, inspectedAtMs: 0, probeSeenAtMs: 0, health: null };
      expect({ ...b, ...ofNoMoment }).toEqual({ ...a, ...ofNoMoment });
      expect(b?.health?.probes.at(0)?.output).toBe(a?.health?.probes.at(0)?.output);
    }
    near.close();
    far.close();
  });

  it('lets nothing of the environment, the arguments, the mounts or other labels through', async () => {
    const listed = JSON.parse((await ask(ofWorker.port, '/containers/json')).body) as {
      Id: string;
    }[];
    const raw = await (
      await fetch(`${worker.replace('tcp:', 'http:')}/containers/${listed[0]?.Id}/json`)
    ).text();
    expect(raw).toContain('"Env"');
    const texts = await Promise.all(
      listed.map(async ({ Id }) => (await ask(ofWorker.port, `/containers/${Id}/json`)).body),
    );
    expect(listed.length).toBeGreaterThan(0);
    for (const text of [...texts, (await ask(ofLeader.port, '/info')).body])
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
      expect((await ask(ofWorker.port, path, method)).status, `${method} ${path}`).toBeGreaterThanOrEqual(
        400,
      );
  });

  it('gives the log of a task’s container, or none where logs are switched off', async () => {
    const [first] = JSON.parse((await ask(ofWorker.port, '/containers/json')).body) as {
      Id: string;
    }[];
    const path = `/containers/${first?.Id}/logs?stdout=1&stderr=1&tail=5`;
    expect((await ask(ofWorker.port, path)).status).toBe(200);
    expect((await ask(withoutLogs.port, path)).status).toBe(403);
    const unknown = await ask(ofWorker.port, `/containers/${'b'.repeat(64)}/logs?stdout=1`);
    expect(unknown.status).toBe(404);
  });
});
