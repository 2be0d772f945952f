import { afterAll, expect, test } from 'vitest';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';

const listen = { kind: 'tcp', host: '127.0.0.1', basePort: 0 } as const;
const size = { nodes: 1, services: 2, replicas: 8, churn: 0, listen };
const swarms = await Promise.all([createDemoSwarm(size), createDemoSwarm({ ...size, agents: true })]);
afterAll(() => Promise.all(swarms.map((swarm) => swarm.close())));

const toUrl = (swarm: (typeof swarms)[number], path: string) =>
  `${(swarm.engines[0] ?? '').replace('tcp:', 'http:')}${path}`;

/** What the one engine tells of the next minute. */
async function readMinute(swarm: (typeof swarms)[number]): Promise<string[]> {
  const seconds = swarm.world.timeline.nowMs() / 1_000;
  const filters = encodeURIComponent('{"event":["exec_die","die","health_status"]}');
  const asked = fetch(toUrl(swarm, `/events?since=${seconds}&until=${seconds + 60}&filters=${filters}`));
  const response = await asked;
  swarm.world.timeline.runUntil(swarm.world.timeline.nowMs() + 61_000);
  return (await response.text()).trim().split('\n');
}

test('as an agent it says so, and an engine by itself does not', async () => {
  const [engine, agent] = await Promise.all(
    swarms.map(async (swarm) => (await fetch(toUrl(swarm, '/version'))).json()),
  );
  expect(engine).not.toHaveProperty('VitalsAgent');
  expect(agent).toMatchObject({ VitalsAgent: expect.any(Number) });
});

test('as an agent it tells of a quarter of the probes that pass, and of no labels', async () => {
  const [all = [], some = []] = await Promise.all(swarms.map(readMinute));
  expect(all.length).toBeGreaterThan(40);
  expect(some.length).toBeGreaterThan(5);
  expect(some.length).toBeLessThan(all.length / 2);
  for (const line of some) expect(Object.keys(JSON.parse(line).Actor.Attributes).sort()).toEqual(KEPT);
});

const KEPT = ['com.docker.swarm.task.id', 'exitCode'];

test('as an agent it says of a container what agents let through, in a list and by itself', async () => {
  const [engine, agent] = await Promise.all(
    swarms.map(async (swarm) => {
      const list = await (await fetch(toUrl(swarm, '/containers/json'))).json();
      return { list, one: await (await fetch(toUrl(swarm, `/containers/${list[0].Id}/json`))).json() };
    }),
  );
  expect(engine?.list[0]).toHaveProperty('Command');
  expect(engine?.one.Config).toHaveProperty('Env');
  expect(Object.keys(agent?.list[0]).sort()).toEqual(['Created', 'Id', 'Labels', 'State', 'Status']);
  expect(agent?.one.State).toMatchObject({ Status: 'running', Health: { Status: expect.any(String) } });
  for (const hidden of ['Env', 'Cmd']) expect(agent?.one.Config).not.toHaveProperty(hidden);
});
