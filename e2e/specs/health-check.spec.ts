import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';
import { type ImageProcess, startImage } from '#e2e/support/start-image.ts';

// A server and an agent as the image starts them, with nothing to read, that stop turning.

/** What the check bears; how long a real container takes is measured by `node e2e/bench/hung-process.ts`. */
const LIMIT_S = 45;
/** Longer than from one beat to the next, at ten times the load, too. */
const HOLD_SECONDS = 8;
const SOON = { timeout: 60_000 };
const NOWHERE = 'tcp://127.0.0.1:1';

const folder = mkdtempSync(join(tmpdir(), 'vitals-health-'));
const started: ImageProcess[] = [];
test.afterAll(() => {
  for (const one of started) one.process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const beatOf = ({ heartbeat }: ImageProcess): number => {
  try {
    return Number(readFileSync(heartbeat, 'utf8'));
  } catch {
    return 0;
  }
};
/** What the check says so many seconds after the last beat. */
function checkAfter(one: ImageProcess, seconds: number) {
  const uptime = join(folder, `uptime ${one.process.pid}`);
  writeFileSync(uptime, `${beatOf(one) + seconds}.00 0.00\n`);
  return one.check(uptime);
}
const beatsAgain = async (one: ImageProcess) => {
  const last = beatOf(one);
  await expect.poll(() => beatOf(one), SOON).toBeGreaterThan(last);
  expect(one.check()).toEqual({ status: 0, output: '' });
};
/** It stands still: no beat comes, and the check is not patient for ever. */
async function expectHung(one: ImageProcess) {
  // One that was on its way when it stopped.
  await sleep(500);
  const last = beatOf(one);
  await sleep(1_000 * (HOLD_SECONDS - 2));
  expect(beatOf(one)).toBe(last);
  expect(checkAfter(one, LIMIT_S).status).toBe(0);
  expect(checkAfter(one, LIMIT_S + 1)).toEqual({
    status: 1,
    output: expect.stringContaining(`has not turned for ${LIMIT_S + 1} s`),
  });
}

test('a server and an agent that are stopped, or whose loop is held, are unhealthy 45 s after their last beat, and well again after', async () => {
  test.setTimeout(180_000);
  const hold = {
    NODE_OPTIONS: `--import=${join(root, 'e2e/support/preloads/hold-loop.ts')}`,
    TEST_HOLD_SECONDS: String(HOLD_SECONDS),
  };
  const server = async () =>
    startImage('server', {
      ...{ ...hold, VITALS_MANAGERS: NOWHERE, VITALS_PASSWORD: 'correct horse battery' },
      ...{ HOSTNAME: '127.0.0.1', PORT: String(await findFreePort()) },
    });
  const agent = startImage('agent', {
    ...{ DOCKER_HOST: NOWHERE, VITALS_AGENT_SECRET: 'health-0123456789abcdef0123456789abcdef' },
    ...{ VITALS_AGENT_HOST: '127.0.0.1', VITALS_AGENT_PORT: String(await findFreePort()) },
  });
  const hangs: [ImageProcess, NodeJS.Signals][] = [
    [await server(), 'SIGSTOP'],
    [await server(), 'SIGUSR2'],
    [agent, 'SIGSTOP'],
  ];
  started.push(...hangs.map(([one]) => one));
  await Promise.all(
    hangs.map(async ([one, signal]) => {
      await expect.poll(() => beatOf(one), SOON).toBeGreaterThan(0);
      await expect.poll(() => one.check(), SOON).toEqual({ status: 0, output: '' });
      one.process.kill(signal);
      await expectHung(one);
      if (signal === 'SIGSTOP') one.process.kill('SIGCONT');
      await beatsAgain(one);
    }),
  );
});
