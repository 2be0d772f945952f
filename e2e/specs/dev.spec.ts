import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SIZES } from '#e2e/bench/sizes.ts';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { ask, toCookie } from '#e2e/support/ask.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';
import { sendRaw } from '#e2e/support/send-raw.ts';

const PASSWORD = 'correct horse battery';
const STARTS_WITHIN_MS = 90_000;
const ending = new AbortController();
let demo: DemoProcess;
let server: ChildProcess;
let url: string;
let output = '';

test.beforeAll(async () => {
  test.setTimeout(2 * STARTS_WITHIN_MS);
  demo = await startDemoSwarm(SIZES.S, ending.signal);
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  // What `npm run dev` runs, ended with these tests.
  server = spawn(join(root, 'node_modules/.bin/node'), ['lib/server/http/cli.ts', '--dev'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'development',
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      NEXT_TELEMETRY_DISABLED: '1',
      ...demo.settings,
      VITALS_PASSWORD: PASSWORD,
    },
  });
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (text) => {
      output += String(text);
    });
  await waitFor(
    async () => {
      if (server.exitCode !== null) throw new Error(output);
      return (await fetch(`${url}/api/readyz`, { signal: AbortSignal.timeout(60_000) })).ok;
    },
    STARTS_WITHIN_MS,
    'the development server',
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${output}`);
  });
});

test.afterAll(async () => {
  server?.kill('SIGKILL');
  await demo?.close();
});

test('who works on it sees the swarm live, and is asked for the password before', async ({ page }) => {
  test.setTimeout(120_000);
  const strangers: [string, Record<string, string>][] = [
    ['/', {}],
    ['/wall', { rsc: '1' }],
    ['/api/swarm', {}],
    ['/api/swarm', { 'x-vitals-level': 'full', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ['/api/stream', { cookie: 'vitals-session=forged' }],
    ['/metrics', {}],
  ];
  for (const [path, headers] of strangers)
    expect([303, 401], path).toContain((await ask(`${url}${path}`, headers)).status);
  // What is for Next's own tools is asked of nobody, and leads nowhere else.
  for (const path of [
    '/_next/../api/swarm',
    '/_next/..%2fapi/swarm',
    '/_next/%2e%2e/api/swarm',
    '/__nextjs/../api/swarm',
  ])
    expect(
      await sendRaw(url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      path,
    ).toMatch(/^HTTP\/1\.1 4/);
  expect((await ask(`${url}/api/login`, {}, { form: 'password=wrong' })).status).toBe(401);
  await page.goto(url, { timeout: 60_000 });
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live', { timeout: 60_000 });
  await expect(page.locator('[data-replica]').first()).toBeVisible();
  const signedIn = await ask(`${url}/api/login`, {}, { form: `password=${encodeURIComponent(PASSWORD)}` });
  expect((await ask(`${url}/api/swarm`, { cookie: toCookie(signedIn, 'session') })).status).toBe(200);
});
