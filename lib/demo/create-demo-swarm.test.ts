import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createControl } from './create-control.ts';
import { createDemoSwarm } from './create-demo-swarm.ts';

const listen = { kind: 'tcp', host: '127.0.0.1', basePort: 0 } as const;
const swarm = await createDemoSwarm({ churn: 0, listen });
const control = await createControl(swarm, 0);
const [manager = '', worker = ''] = [swarm.engines[0], swarm.engines[3]].map((one) =>
  one?.replace('tcp', 'http'),
);
const ask = async (path: string, init?: RequestInit) => {
  const response = await fetch(path, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const command = async (name: string, body: object) => {
  const { status, text } = await ask(`http://127.0.0.1:${control.port}/${name}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status, answer: JSON.parse(text) };
};
const filter = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

afterAll(async () => {
  await control.close();
  await swarm.close();
});

describe('the engines of the demo swarm', () => {
  it.each([
    [worker, '/_ping', 200, /^OK$/],
    [worker, '/v1.41/_ping', 200, /^OK$/],
    [worker, '/v1.44/version', 200, /"ApiVersion":"1.51"/],
    [worker, '/v1.99/info', 400, /client version 1.99 is too new. Maximum supported API version is 1.51/],
    [worker, '/v1.9/info', 400, /^client version 1.9 is too old/],
    [worker, '/services', 503, /^{"message":"This node is not a swarm manager. Worker nodes/],
    [worker, '/nope', 404, /page not found/],
    [worker, '/containers/nope/json', 404, /No such container: nope/],
    [worker, '/containers/json?filters=nope', 400, /invalid filter/],
    [worker, `/containers/json?${filter({ nope: ['1'] })}`, 400, /invalid filter 'nope'/],
    [manager, `/tasks?${filter({ service: ['nope'] })}`, 404, /service nope not found/],
    [manager, `/services?${filter({ id: ['nope'] })}`, 200, /^\[\]$/],
    [manager, '/services/shop_api', 200, /"Name":"shop_api"/],
    [manager, '/tasks/nope', 404, /task nope not found/],
  ])('%s%s: %i', async (engine, path, status, text) => {
    const answer = await ask(`${engine}${path}`);
    expect(answer.status).toBe(status);
    expect(answer.text.trim()).toMatch(text);
    expect(answer.headers.get('api-version')).toBe('1.51');
  });

  it('only reads', async () => {
    expect((await ask(`${manager}/services/create`, { method: 'POST' })).status).toBe(405);
  });

  it('replays its events and ends at `until`', async () => {
    await command('kill-task', { service: 'platform_mailer', slot: 1 });
    const { text } = await ask(`${manager}/nodes`);
    expect(JSON.parse(text)).toHaveLength(5);
    const all = await Promise.all(
      swarm.engines.map((one) =>
        ask(`${one.replace('tcp', 'http')}/events?since=1m&until=0s&${filter({ event: ['die'] })}`),
      ),
    );
    const events = all.flatMap(({ text: lines }) =>
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ Action: 'die', Actor: { Attributes: { exitCode: '137' } } });
  });
});

describe('its control endpoint', () => {
  it('flips a probe at once and says when', async () => {
    const { status, answer } = await command('flip', { service: 'shop_api', slot: 1, to: 'fail' });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ health: 'healthy', failingStreak: 1 });
    expect(Math.abs(answer.atMs - Date.now())).toBeLessThan(1_000);
    const back = await command('flip', { service: 'shop_api', slot: 1, to: 'ok' });
    expect(back.answer).toMatchObject({ health: 'healthy', failingStreak: 0 });
  });

  it('cuts bodies, answers garbage, freezes, thaws, and takes a node down and up', async () => {
    await command('garbage', { node: 4 });
    expect((await ask(`${worker}/info`)).text).toContain('<html>');
    await command('cut-body', { node: 'node-04' });
    await expect(ask(`${worker}/info`)).rejects.toThrow();
    await command('freeze', { node: 4 });
    const held = ask(`${worker}/_ping`);
    const early = await Promise.race([held, new Promise((resolve) => setTimeout(resolve, 150, 'silence'))]);
    expect(early).toBe('silence');
    await command('thaw', { node: 4 });
    expect((await held).text).toBe('OK');
    await command('node-down', { node: 4 });
    await expect(ask(`${worker}/_ping`)).rejects.toThrow();
    await command('node-up', { node: 4 });
    await expect.poll(async () => (await ask(`${worker}/_ping`)).text).toBe('OK');
  });

  it.each([
    ['nope', {}, /no command/],
    ['flip', { service: 'shop_api', slot: 1 }, /must be ok, fail or own/],
    ['flip', { service: 'nope', to: 'ok' }, /no service/],
    ['freeze', { node: 9 }, /no node/],
  ])('refuses %s %j', async (name, body, message) => {
    const { status, answer } = await command(name, body);
    expect(status).toBe(400);
    expect(answer.message).toMatch(message);
  });

  it('does not listen to pages', async () => {
    const init = { method: 'POST', headers: { origin: 'http://elsewhere.example' } };
    expect((await ask(`http://127.0.0.1:${control.port}/freeze`, init)).status).toBe(403);
  });
});

it('listens on unix sockets, and leaves none behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const other = await createDemoSwarm({
    nodes: 2,
    services: 3,
    replicas: 9,
    listen: { kind: 'unix', folder },
  });
  const statusCode = await new Promise((resolve, reject) => {
    const socketPath = other.managers[0]?.replace('unix://', '') ?? '';
    get({ socketPath, path: '/nodes', agent: false }, (response) => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    );
  });
  expect(statusCode).toBe(200);
  await other.close();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
