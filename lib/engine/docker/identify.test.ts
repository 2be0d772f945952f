import { afterEach, describe, expect, it } from 'vitest';
import { type Handler, sendJson, startTestServer, type TestServer } from '#lib/testing/start-test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const info = (more: object = {}) => ({
  ID: 'e',
  Name: 'm1',
  ServerVersion: '20.10.24',
  SystemTime: new Date().toISOString(),
  Swarm: { NodeID: 'n1', LocalNodeState: 'active', ControlAvailable: true, Cluster: { ID: 'cl' } },
  ...more,
});
const start = async (handlers: Record<string, Handler>) => {
  server = await startTestServer(handlers);
  return server;
};

describe('identify', () => {
  it('negotiates anew each time: the engine may have been replaced', async () => {
    let ApiVersion = '1.41';
    const { client, asked } = await start({
      '/version': (_, response) => sendJson(response, { ApiVersion, MinAPIVersion: '1.12' }),
      '/info': (_, response) => sendJson(response, info()),
    });
    const engine = client({ limits: { infoPatienceMs: 10_000 } });
    expect(await engine.identify()).toMatchObject({
      apiVersion: '1.41',
      nodeId: 'n1',
      hostname: 'm1',
      agentLevel: null,
      skewMs: 0,
    });
    ApiVersion = '1.54';
    expect(await engine.identify()).toMatchObject({ apiVersion: '1.52' });
    expect(asked).toEqual(['/version', '/v1.41/info', '/version', '/v1.52/info']);
  });

  it('takes the engine’s skew out of what it reads', async () => {
    const SystemTime = new Date(Date.now() + 60_000).toISOString();
    const { client } = await start({
      '/info': (_, response) => sendJson(response, info({ SystemTime })),
      '/nodes': (_, response) => sendJson(response, [{ ID: 'a', CreatedAt: '2026-01-01T00:01:00Z' }]),
    });
    const engine = client();
    const { skewMs } = await engine.identify();
    expect(Math.abs(skewMs - 60_000)).toBeLessThan(300);
    expect((await engine.listNodes())[0]?.createdAtMs).toBe(Date.parse('2026-01-01T00:01:00Z') - skewMs);
  });

  it.each([
    ['too old', { ApiVersion: '1.40', MinAPIVersion: '1.12' }, 'version'],
    ['not Docker', {}, 'garbled'],
  ])('refuses an engine that is %s', async (_, version, kind) => {
    const { client } = await start({ '/version': (__, response) => sendJson(response, version) });
    await expect(client().identify()).rejects.toMatchObject({ kind });
  });

  it('says which switch a proxy needs', async () => {
    const { client } = await start({ '/info': (_, response) => response.writeHead(403).end('<h1>no</h1>') });
    await expect(client().identify()).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('INFO=1'),
    });
  });

  it('does not take a manager without quorum for dead: its node id is on its containers', async () => {
    const { client, asked } = await start({
      '/info': () => {},
      '/containers/json': (_, response) =>
        sendJson(response, [{ Id: 'c', Labels: { 'com.docker.swarm.node.id': 'n1' } }]),
    });
    const engine = client({ limits: { infoMs: 10_000 } });
    expect(await engine.identify()).toMatchObject({
      nodeId: 'n1',
      hostname: null,
      controlAvailable: true,
      localNodeState: 'unknown',
      swarmError: expect.stringContaining('leader'),
      swarm: { error: expect.stringContaining('leader') },
    });
    expect(asked.at(-1)).toContain('limit=1');
  });

  it('remembers what it knew when /info does not come any more', async () => {
    let silent = false;
    const { client } = await start({
      '/info': (_, response) => {
        if (!silent) sendJson(response, info());
      },
    });
    const engine = client({ limits: { infoMs: 10_000 } });
    await engine.identify();
    silent = true;
    expect(await engine.identify()).toMatchObject({
      hostname: 'm1',
      nodeId: 'n1',
      localNodeState: 'active',
      swarm: { id: 'cl' },
    });
  });

  it('does not keep an engine waiting that is known, while its manager looks for a leader', async () => {
    let state = 'pending';
    let silent = false;
    const { client } = await start({
      '/info': (_, response) => {
        if (!silent) sendJson(response, info({ Swarm: { ...info().Swarm, LocalNodeState: state } }));
      },
      '/containers/json': (_, response) =>
        sendJson(response, [{ Id: 'c', Labels: { 'com.docker.swarm.node.id': 'n1' } }]),
    });
    const engine = client({ limits: { infoMs: 60_000, infoPatienceMs: 60_000 } });
    expect((await engine.identify(20)).localNodeState).toBe('pending');
    silent = true;
    expect(await engine.identify(20)).toMatchObject({
      nodeId: 'n1',
      hostname: 'm1',
      localNodeState: 'unknown',
    });
    silent = false;
    state = 'active';
    expect(await engine.identify(10_000)).toMatchObject({ nodeId: 'n1', localNodeState: 'active' });
  });

  it.each([
    ['of another node', [{ Id: 'c', Labels: { 'com.docker.swarm.node.id': 'n2' } }]],
    ['none', []],
  ])(
    'waits for /info where its newest container is %s: it may be another engine now',
    async (_, containers) => {
      let NodeID = 'n1';
      let delayMs = 0;
      const { client } = await start({
        '/info': (_, response) =>
          void setTimeout(() => sendJson(response, info({ Swarm: { ...info().Swarm, NodeID } })), delayMs),
        '/containers/json': (_, response) => sendJson(response, containers),
      });
      const engine = client({ limits: { infoMs: 60_000, infoPatienceMs: 60_000 } });
      expect((await engine.identify(20)).nodeId).toBe('n1');
      NodeID = 'n2';
      delayMs = 200;
      expect((await engine.identify(20)).nodeId).toBe('n2');
    },
  );

  it('says why when /info comes too late: the next time it is known', async () => {
    const why = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded';
    const late = info({ Swarm: { ...info().Swarm, Error: why } });
    let lateAnswers = 0;
    const { client } = await start({
      '/info': (_, response) =>
        void setTimeout(() => {
          sendJson(response, late);
          lateAnswers += 1;
        }, 300),
      '/containers/json': (_, response) =>
        sendJson(response, [{ Id: 'c', Labels: { 'com.docker.swarm.node.id': 'n1' } }]),
    });
    const engine = client({ limits: { infoMs: 10_000, infoPatienceMs: 50 } });
    expect(await engine.identify()).toMatchObject({
      swarmError: expect.stringContaining('may have no leader'),
    });
    await expect.poll(() => lateAnswers).toBe(1);
    await expect.poll(async () => (await engine.identify()).swarmError).toBe(why);
  });

  it('takes /info that comes while another way is asked, and does not wait for what follows', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    try {
      let answerInfo = () => {};
      const { client } = await start({
        '/info': (_, response) => {
          answerInfo = () => sendJson(response, info());
        },
        // The late answer is here before this one: both are read in one turn.
        '/containers/json': (_, response) => {
          answerInfo();
          setTimeout(
            () => sendJson(response, [{ Id: 'c', Labels: { 'com.docker.swarm.node.id': 'n1' } }]),
            100,
          );
        },
      });
      const engine = client({ limits: { infoMs: 10_000, infoPatienceMs: 50, engineMs: 5_000 } });
      expect(await engine.identify()).toMatchObject({ nodeId: 'n1', localNodeState: 'unknown' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', onUnhandled);
    }
  });

  it('does not take another node’s late /info for the engine’s', async () => {
    const other = info({ Swarm: { ...info().Swarm, NodeID: 'n2' } });
    const answers: unknown[] = [];
    const { client } = await start({
      '/info': (_, response) =>
        void setTimeout(() => {
          sendJson(response, other);
          answers.push(other);
        }, 300),
      '/containers/json': (_, response) =>
        sendJson(response, [{ Id: 'c', Labels: { 'com.docker.swarm.node.id': 'n1' } }]),
    });
    const engine = client({ limits: { infoMs: 10_000, infoPatienceMs: 50 } });
    expect((await engine.identify()).nodeId).toBe('n1');
    await expect.poll(() => answers).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await engine.identify()).nodeId).toBe('n1');
  });

  it('waits for /info to the end when there is no other way', async () => {
    const { client } = await start({
      '/info': (_, response) => void setTimeout(() => sendJson(response, info()), 250),
      '/containers/json': (_, response) => sendJson(response, []),
    });
    expect(await client({ limits: { infoMs: 5000 } }).identify()).toMatchObject({ hostname: 'm1' });
    await server.stop();
    const { client: again } = await start({ '/info': () => {} });
    await expect(again().identify()).rejects.toMatchObject({ kind: 'timeout' });
  });
});
