import { afterAll, describe, expect, it } from 'vitest';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { cutNode, freezeNode, restoreNode, thawNode } from '#lib/demo/life/run-node.ts';
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

  it('answers as Docker without a quorum: lists hang, then fail, and the engine itself can be read as ever', async () => {
    const { world } = swarm;
    const [, second, third] = world.nodes;
    if (!second || !third) throw new Error('no managers');
    const pass = (ms: number) => world.timeline.runUntil(world.timeline.nowMs() + ms);
    const engine = client(leader);
    const lists = () => [engine.listNodes(), engine.listServices(null), engine.listTasks(null)];
    cutNode(world, second);
    freezeNode(world, third);
    pass(10_000);
    expect((await engine.listNodes()).map(({ manager }) => manager?.reachability)).toEqual([
      ...['reachable', 'unreachable', 'unreachable'],
      ...[undefined, undefined],
    ]);
    pass(10_000);
    const held = Promise.allSettled([...lists(), engine.identify()]);
    // What was asked before these answers has come to the engine.
    for (let each = 0; each < 3; each += 1) await engine.ping(5_000);
    pass(20_000);
    const late = { kind: 'no-quorum', message: expect.stringContaining('deadline exceeded') };
    expect(await held).toEqual([
      ...Array.from({ length: 3 }, () => ({ status: 'rejected', reason: expect.objectContaining(late) })),
      {
        status: 'fulfilled',
        value: expect.objectContaining({ swarmError: expect.stringContaining('deadline exceeded') }),
      },
    ]);
    for (const list of lists())
      await expect(list).rejects.toMatchObject({
        kind: 'no-quorum',
        message: expect.stringContaining('The swarm does not have a leader.'),
      });
    expect((await engine.identify()).swarmError).toContain('The swarm does not have a leader.');
    expect((await engine.listContainers()).length).toBeGreaterThan(0);
    restoreNode(world, second);
    thawNode(world, third);
    pass(10_000);
    expect((await engine.listNodes()).map(({ manager }) => manager?.leader)).toEqual([
      ...[true, false, false],
      ...[undefined, undefined],
    ]);
    engine.close();
  });
});
