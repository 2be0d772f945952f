import { afterAll, describe, expect, it } from 'vitest';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { describeEngineContract } from '#lib/testing/describe-engine-contract.ts';

// The demo stands beside the engine client and knows it only over HTTP: here the two meet.
const swarm = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
const client = (endpoint: string) =>
  createDockerClient(parseEndpoint(endpoint, { certPath: null, tlsVerify: false }));
const [leader = '', , , worker = '', oldest = ''] = swarm.engines;

describeEngineContract('demo manager', () => client(leader), { manager: true, eventWithinMs: 25_000 });
describeEngineContract('demo worker', () => client(worker), { manager: false, eventWithinMs: 25_000 });
describeEngineContract('demo worker on 20.10', () => client(oldest), {
  manager: false,
  eventWithinMs: 25_000,
});

describe('demo swarm', () => {
  afterAll(() => swarm.close());

  it('plants secrets in what Docker sends, and the client lets none through', async () => {
    const engine = client(leader);
    const raw = await (await fetch(`${leader.replace('tcp:', 'http:')}/tasks`)).text();
    expect(raw).toContain('planted-secret');
    const read: unknown[] = [await engine.listServices(null), await engine.listTasks(null)];
    engine.close();
    for (const endpoint of swarm.engines) {
      const node = client(endpoint);
      for (const { id } of await node.listContainers()) read.push(await node.inspectContainer(id));
      node.close();
    }
    const text = JSON.stringify(read);
    expect(text).toContain('"redis-cli -a ••• --no-auth-warning ping');
    expect(text, 'names, and never what stands behind them').toContain('"DATABASE_URL"');
    expect(text).not.toContain('planted-secret');
  });
});
