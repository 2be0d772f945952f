import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { ask, toCookie } from '#e2e/support/ask.ts';
import {
  frames,
  type HostileEngine,
  pour,
  startHostileEngine,
} from '#e2e/support/hostile/start-hostile-engine.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { runCommand } from '#lib/demo/life/run-command.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

// A server whose machine's clock is set while people look.

const PASSWORD = 'correct horse battery';
const API_TOKEN = 'api-token-0123456789';
const WALL_TOKEN = 'wall-token-0123456789';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SOON = { timeout: 60_000 };
const LOGS = /^\/containers\/\w+\/logs$/;
const FORM = `password=${encodeURIComponent(PASSWORD)}`;

const folder = mkdtempSync(join(tmpdir(), 'vitals-clock-'));
const clockFile = join(folder, 'clock');
let demo: DemoSwarm;
/** The second node's: it may write logs without end, or be cut off. */
let engine: HostileEngine;
let vitals: VitalsServer;
const open = new Map<string, { pieces: number; resume(): void; close(): void }>();

/** From now on the clock of the server's machine is so far ahead of ours. */
async function setClock(aheadMs: number): Promise<void> {
  writeFileSync(`${clockFile}.new`, String(aheadMs));
  renameSync(`${clockFile}.new`, clockFile);
  // By its own word, in the head of every answer's seed: `atMs` is by its clock.
  const isSet = async () => {
    const { atMs } = JSON.parse((await read('/api/swarm')).body) as SwarmPicture;
    return Math.abs(atMs - Date.now() - aheadMs) < HOUR_MS / 4;
  };
  await expect.poll(isSet, SOON).toBe(true);
}

const withToken = { authorization: `Bearer ${API_TOKEN}` };

/** All of an answer: `ask` cuts it. */
function read(path: string, headers: Record<string, string> = withToken) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = send(`${vitals.url}${path}`, { headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    asked.on('error', reject).end();
  });
}
const statusOf = async (path: string, headers: Record<string, string> = withToken) =>
  (await read(path, headers)).status;
const readPicture = async () => JSON.parse((await read('/api/swarm')).body) as SwarmPicture;
const readReplicas = async () => (await readPicture()).services.flatMap(({ replicas }) => replicas);
const signIn = async (from?: string) =>
  toCookie(await ask(`${vitals.url}/api/login`, {}, { form: FORM, ...(from ? { from } : {}) }), 'session');

/** Something that goes on, until it ends or is closed. */
async function follow(name: string, path: string, cookie: string, isRead = true): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const asked = send(`${vitals.url}${path}`, { headers: { cookie }, agent: false }, (response) => {
      const seen = { pieces: 0, resume: () => void response.resume(), close: () => void asked.destroy() };
      open.set(name, seen);
      response.on('error', () => {}).on('close', () => open.delete(name));
      if (isRead)
        response.on('data', () => {
          seen.pieces += 1;
        });
      resolve();
    });
    asked.on('error', reject).end();
  });
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  writeFileSync(clockFile, '0');
  demo = await createDemoSwarm({
    ...{ nodes: 2, services: 4, replicas: 14, churn: 0 },
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  const [first = '', second = ''] = demo.engines;
  engine = await startHostileEngine(second);
  vitals = await startVitals({
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: `${first},${engine.endpoint()}`,
    VITALS_PASSWORD: PASSWORD,
    VITALS_API_TOKEN: API_TOKEN,
    VITALS_WALL_TOKENS: WALL_TOKEN,
    VITALS_DATA: join(folder, 'data'),
    NODE_OPTIONS: `--import=${join(root, 'e2e/support/preloads/set-clock.ts')}`,
    TEST_CLOCK_FILE: clockFile,
  });
  await expect
    .poll(async () => (await readReplicas()).filter(({ status }) => status === 'healthy').length, SOON)
    .toBeGreaterThan(1);
});
test.afterAll(async () => {
  for (const { close } of open.values()) close();
  await vitals?.kill();
  await engine?.close();
  await demo?.close();
  rmSync(folder, { recursive: true });
});

/** A replica on the second node, of a service with a health check: once it is healthy. */
const findReplica = () => waitFor(lookForReplica, SOON.timeout, 'a healthy replica on the second node');

async function lookForReplica() {
  const { nodes, services } = await readPicture();
  const first = demo.world.nodes[0]?.id;
  const node = nodes.find(({ id }) => id !== first);
  for (const { id, name, replicas } of services)
    for (const { key, nodeId, status } of replicas)
      if (nodeId === node?.id && status === 'healthy' && /^\d+$/.test(key))
        return { id, name, key, slot: Number(key) };
  return null;
}

test('a session of seven days ago opens nothing, and what goes on of it ends: stream, followed log, download; screens and programs go on', async () => {
  test.setTimeout(120_000);
  const { name } = await findReplica();
  const cookie = await signIn();
  const wall = toCookie(await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`), 'wall');
  engine.attack((path) => (LOGS.test(path) ? pour(frames('a line of a log that never ends\n', 200)) : null));
  try {
    await follow('stream', '/api/stream', cookie);
    await follow('log', `/api/services/${name}/log?follow=1&tail=10`, cookie);
    await follow('download', `/api/services/${name}/log?format=text`, cookie, false);
    await follow('wall', '/api/stream', wall);
    await expect.poll(() => open.get('log')?.pieces ?? 0, SOON).toBeGreaterThan(0);
    // A clock may be a day wrong.
    await setClock(7.5 * DAY_MS);
    await sleep(2_500);
    expect([...open.keys()].toSorted()).toEqual(['download', 'log', 'stream', 'wall']);
    expect(await statusOf('/api/swarm', { cookie })).toBe(200);
    await setClock(8 * DAY_MS + HOUR_MS);
    // What was sent before is read; then it must be over.
    open.get('download')?.resume();
    await expect.poll(() => [...open.keys()], SOON).toEqual(['wall']);
    expect(await statusOf('/api/swarm', { cookie })).toBe(401);
    expect(await statusOf('/wall', { cookie: wall })).toBe(200);
    const again = await signIn();
    expect(await statusOf('/api/swarm', { cookie: again })).toBe(200);
    // What was made while the clock was wrong would last for longer than any session does.
    await setClock(0);
    expect(await statusOf('/api/swarm', { cookie: again })).toBe(401);
    expect(await statusOf('/api/swarm', { cookie: await signIn() })).toBe(200);
  } finally {
    engine.attack(null);
    for (const { close } of open.values()) close();
  }
});

test('set on by a day and back by an hour: nobody comes in or is put out, nothing turns green, and what is well is shown so again', async () => {
  test.setTimeout(180_000);
  await setClock(0);
  await expect
    .poll(async () => (await readReplicas()).some(({ status }) => status === 'unknown'), SOON)
    .toBe(false);
  const { id, name, slot, key } = await findReplica();
  const [mine, other] = [await signIn(), await signIn()];
  await ask(`${vitals.url}/api/logout`, { cookie: other }, { method: 'POST' });
  await follow('stream', '/api/stream', mine);
  const isPut = async () => ({
    mine: await statusOf('/api/swarm', { cookie: mine }),
    other: await statusOf('/api/swarm', { cookie: other }),
    nobody: await statusOf('/api/swarm', {}),
    open: [...open.keys()],
  });
  const AS_BEFORE = { mine: 200, other: 401, nobody: 401, open: ['stream'] };
  const statusNow = async () =>
    (await readPicture()).services
      .find((service) => service.name === name)
      ?.replicas.find((replica) => replica.key === key)?.status;

  // Somebody guesses all the while.
  const guesser = { from: '127.0.0.5' };
  const fromMs = performance.now();
  let isOver = false;
  let compared = 0;
  const guessing = (async () => {
    while (!isOver) {
      const { status } = await ask(`${vitals.url}/api/login`, {}, { form: 'password=guess', ...guesser });
      if (status === 401) compared += 1;
    }
  })();
  guessing.catch(() => {});
  try {
    await expect.poll(() => compared, SOON).toBe(5);
    for (const aheadMs of [DAY_MS, -HOUR_MS, 0]) {
      await setClock(aheadMs);
      expect(await isPut()).toEqual(AS_BEFORE);
      const { pieces = 0 } = open.get('stream') ?? {};
      runCommand(demo, 'flip', { service: id, slot, to: 'fail' });
      await expect.poll(statusNow, SOON).toBe('failing');
      await expect.poll(() => open.get('stream')?.pieces, SOON).toBeGreaterThan(pieces);
      // Its engine falls silent: by no clock is it green.
      engine.attack(() => (response) => response.destroy());
      await expect.poll(statusNow, SOON).toBe('unknown');
      await setClock(aheadMs === 0 ? -HOUR_MS : 0);
      expect(await statusNow()).toBe('unknown');
      expect(await statusOf(`/api/status/${name}`)).toBe(503);
      engine.attack(null);
      runCommand(demo, 'flip', { service: id, slot, to: 'ok' });
      await expect.poll(statusNow, SOON).toBe('healthy');
      expect(await isPut()).toEqual(AS_BEFORE);
    }
    // Who shares the guesser's address and knows the password waits for a turn, and no longer for any clock.
    const newcomer = await ask(`${vitals.url}/api/login`, {}, { form: FORM, ...guesser });
    expect(newcomer.status).toBe(303);
  } finally {
    isOver = true;
  }
  const tookSeconds = (performance.now() - fromMs) / 1_000;
  expect(compared).toBeLessThan(5 + tookSeconds / 3 + 2);
  await guessing;
});
