import { expect, test } from '@playwright/test';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { readServiceDetail, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { PortOnNode } from '#lib/model/contract/traffic.ts';

test.describe.configure({ mode: 'serial' });

/** Two rounds of a port are 10 s apart, and a busy machine takes its time. */
const SOON = { timeout: 240_000 };
const SIZE = { nodes: 3, services: 12, replicas: 48 };

let demo: DemoProcess;
let vitals: VitalsServer;
const abort = new AbortController();

test.beforeAll(async () => {
  test.setTimeout(600_000);
  demo = await startDemoSwarm(SIZE, abort.signal, { ports: true });
  // Before the first look: what answers is looked at again from other nodes after a minute.
  await order('cut-ports', { from: 'node-02', node: 'node-01' });
  vitals = await startVitals({ ...demo.settings, VITALS_DEMO_ACTIVE: '1', VITALS_CHECKS: 'on' });
  await expect(async () => expect((await readSwarm(vitals)).ready, 'the swarm is read').toBe(true)).toPass(
    SOON,
  );
});

test.afterAll(async () => {
  await vitals?.stop();
  await demo?.close();
});

async function order(command: string, input: object): Promise<{ connections?: Record<string, number> }> {
  const answer = await fetch(`${demo.control}/${command}`, { method: 'POST', body: JSON.stringify(input) });
  const body = (await answer.json()) as { message?: string; connections?: Record<string, number> };
  if (!answer.ok) throw new Error(body.message);
  return body;
}

async function readCells(service: string, port: number): Promise<Record<string, PortOnNode>> {
  const detail = await readServiceDetail(vitals, service);
  const found = detail.traffic?.ports.find(({ published }) => published === port);
  return Object.fromEntries(found?.nodes.map((cell) => [cell.hostname, cell]) ?? []);
}

async function readStates(service: string, port: number): Promise<string> {
  const cells = await readCells(service, port);
  return Object.entries(cells)
    .map(([host, { state, notAsked }]) => `${host} ${notAsked ?? state}`)
    .join(', ');
}

const everywhere = (state: string) =>
  ['node-01', 'node-02', 'node-03'].map((host) => `${host} ${state}`).join(', ');

test('a node whose way to another one is cut: the agent there says so, and the page from where', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const readSentence = async () => {
    const { services } = await readSwarm(vitals);
    return services
      .find(({ name }) => name === 'shop_web')
      ?.findings.find(({ cause }) => cause === 'port-cut')?.sentence;
  };
  await expect
    .poll(readSentence, SOON)
    .toBe(
      'Port 8080 on node-01 does not answer node-02 (timed out); it answers this server and 1 other node: the way between those two.',
    );
  await page.goto(`${vitals.url}/services/shop_web`);
  const table = page.getByRole('table', { name: 'Published ports by node' });
  const row = table.locator('tr', { hasText: '8080' });
  await expect(row.locator('td').first()).toContainText('from node-02: times out');
  await expect(row.locator('td').first()).toContainText('answers from 2 of 3 nodes');
  await order('cut-ports', { from: 'node-02', node: 'node-01', on: false });
  await expect.poll(readSentence, SOON).toBeUndefined();
  const readFrom = async () => (await readCells('shop_web', 8_080))['node-01']?.seenFrom;
  await expect.poll(readFrom, SOON).toEqual({ nodes: 3, answering: 3 });
});

test('published ports that answer: by the mesh on each node, past it where a replica runs, over TLS', async () => {
  test.setTimeout(600_000);
  await expect.poll(() => readStates('shop_web', 8_080), SOON).toBe(everywhere('answers'));
  await expect.poll(() => readStates('platform_proxy', 8_443), SOON).toBe(everywhere('answers'));
  await expect.poll(() => readStates('platform_proxy', 9_102), SOON).toBe(everywhere('answers'));
  expect((await readCells('shop_web', 8_080))['node-02']).toMatchObject({ status: 200, failure: null });
  const readCauses = async () => {
    const { services, nodes, findings } = await readSwarm(vitals);
    return [...services, ...nodes, { findings }].flatMap((one) => one.findings.map(({ cause }) => cause));
  };
  await expect.poll(readCauses, SOON).toEqual([]);
  const mailer = await readServiceDetail(vitals, 'platform_mailer');
  expect(mailer.traffic?.ports.find(({ protocol }) => protocol === 'udp')).toMatchObject({
    unchecked: 'protocol',
    nodes: [],
  });
});

test('a mesh that is broken on one node, a dead address, and a port that takes connections and never answers', async ({
  page,
}) => {
  test.setTimeout(600_000);
  for (const port of [8_080, 8_443, 9_000, 8_501])
    await order('port', { port, node: 'node-03', does: 'closed' });
  await order('port', { port: 9_000, node: 'node-02', does: 'one-dead' });
  await order('port', { port: 8_501, node: 'node-01', does: 'silent' });
  const causesOf = async (name: string) => {
    const { services } = await readSwarm(vitals);
    return services.find((one) => one.name === name)?.findings.map(({ cause }) => cause);
  };
  await expect.poll(() => causesOf('shop_web'), SOON).toEqual(['port-dead']);
  await expect.poll(() => causesOf('platform_auth'), SOON).toEqual(['port-dead', 'port-partly']);
  await expect
    .poll(() => readStates('ml_inference', 8_501), SOON)
    .toBe('node-01 timed-out, node-02 answers, node-03 refused');
  await expect
    .poll(async () => {
      const { nodes } = await readSwarm(vitals);
      return nodes.flatMap(({ hostname, findings }) => findings.map(({ cause }) => `${hostname} ${cause}`));
    }, SOON)
    .toEqual(['node-03 node-mesh']);
  const { services } = await readSwarm(vitals);
  const web = services.find(({ name }) => name === 'shop_web');
  expect(web).toMatchObject({ verdict: 'degraded', findings: [{ because: { cause: 'node-mesh' } }] });
  expect(web?.findings[0]?.sentence).toMatch(
    /^Port 8080 does not answer on node-03(, asked from here and from 2 nodes)? \(refused\); it does on the 2 others: the routing mesh there\.$/,
  );
  await order('port', { port: 9_113, node: 'node-01', does: 'held' });
  const ofHostMode = async () => (await readCells('shop_web', 9_113))['node-01']?.wrong;
  await expect.poll(ofHostMode, SOON).toEqual({ kind: 'silent' });
  await page.goto(`${vitals.url}/services/shop_web`);
  const table = page.getByRole('table', { name: 'Published ports by node' });
  await expect(table.locator('tr', { hasText: '8080' }).locator('td')).toHaveText([
    /ms\s*200/,
    /ms\s*200/,
    /refused/,
  ]);
  await expect(table.locator('tr', { hasText: '9113' }).getByText('host mode')).toBeVisible();
});

test('ports that mean to hurt: the server answers on, and says what they are', async () => {
  test.setTimeout(600_000);
  const hurts = [
    ['shop_web', 8_080, 'node-01', 'endless', 'answers'],
    ['shop_web', 8_080, 'node-02', 'long-header', 'answers'],
    ['platform_auth', 9_000, 'node-01', 'drip', 'timed-out'],
    ['platform_auth', 9_000, 'node-02', 'reset', 'wrong'],
    ['ml_inference', 8_501, 'node-01', 'redirect', 'answers'],
    ['ml_inference', 8_501, 'node-02', 'error', 'wrong'],
  ] as const;
  const before = vitals.readMemoryBytes();
  for (const [, port, node, does] of hurts) await order('port', { port, node, does });
  const orderedAtMs = Date.now();
  for (const [service, port, node, , state] of hurts) {
    const readState = async () => {
      const cell = (await readCells(service, port))[node];
      return (cell?.atMs ?? 0) > orderedAtMs ? cell?.state : 'not asked since';
    };
    await expect.poll(readState, SOON).toBe(state);
    const answer = await fetch(`${vitals.url}/api/healthz`, { signal: AbortSignal.timeout(60_000) });
    expect(answer.status).toBe(200);
  }
  await expect.poll(async () => (await readCells('ml_inference', 8_501))['node-01']?.status, SOON).toBe(302);
  expect(vitals.readMemoryBytes() - before).toBeLessThan(100_000_000);
});

test('who did not ask for checks sends nothing, and nobody’s own machine is ever connected to', async () => {
  test.setTimeout(600_000);
  await vitals.stop();
  const { connections: before } = await order('connections', {});
  const settings = [
    { ...demo.settings, VITALS_DEMO_ACTIVE: '1' },
    // The managers list loopback addresses, and this is not the demo.
    { ...demo.settings, VITALS_CHECKS: 'on' },
  ];
  const others = await Promise.all(settings.map((some) => startVitals(some)));
  for (const other of others) await expect.poll(async () => (await readSwarm(other)).ready, SOON).toBe(true);
  // What is asked follows the picture after a second; three are enough for each port to be connected to once.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  for (const other of others) await other.stop();
  const { connections: after } = await order('connections', {});
  expect(after).toEqual(before);
});
