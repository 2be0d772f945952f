import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';
import { startImage } from '#e2e/support/start-image.ts';
import { SIZES } from './sizes.ts';
import { startDemoSwarm } from './start-demo-swarm.ts';

/**
 * `node e2e/bench/hung-process.ts`: the server as the image starts it, looked at by the image's own check as Docker does
 * (each 10 s, three failures in a row), under ten times as much load as there are cores, of processes that give way (nice 19)
 * for 20 s and of processes that do not for 30 s, then stopped, then with its event loop held: after how long it is
 * unhealthy. Needs a build and root; 5 minutes. By hand, not in CI.
 */
const INTERVAL_MS = 10_000;
const RETRIES = 3;
const LOADS = [
  { nice: 19, ms: 20_000 },
  { nice: 0, ms: 30_000 },
] as const;
const LOOK_UNDER_LOAD_MS = 1_000;
const GIVE_UP_MS = 120_000;
const HOLD_SECONDS = 110;

const demo = await startDemoSwarm(SIZES.S, new AbortController().signal);
const server = startImage('server', {
  ...demo.settings,
  VITALS_AUTH: 'none',
  HOSTNAME: '127.0.0.1',
  PORT: String(await findFreePort()),
  NODE_OPTIONS: `--import=${join(root, 'e2e/support/preloads/hold-loop.ts')}`,
  TEST_HOLD_SECONDS: String(HOLD_SECONDS),
});

async function untilWell(): Promise<void> {
  const fromMs = performance.now();
  while (server.check().status !== 0) {
    if (performance.now() - fromMs > GIVE_UP_MS) throw new Error(`It is not well:\n${server.log()}`);
    await sleep(500);
  }
}

/** Seconds until it is unhealthy; `null`: it is not. */
async function untilUnhealthy(): Promise<number | null> {
  const fromMs = performance.now();
  for (let failures = 0; performance.now() - fromMs < GIVE_UP_MS; ) {
    failures = server.check().status === 0 ? 0 : failures + 1;
    if (failures === RETRIES) return Math.round((performance.now() - fromMs) / 1_000);
    await sleep(INTERVAL_MS);
  }
  return null;
}

async function measureLoad({ nice, ms }: (typeof LOADS)[number]): Promise<void> {
  const count = 10 * availableParallelism();
  const busy: ChildProcess[] = [];
  const ages: number[] = [];
  let failed = 0;
  try {
    for (let index = 0; index < count; index += 1)
      busy.push(spawn('nice', ['-n', String(nice), 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' }));
    const untilMs = performance.now() + ms;
    while (performance.now() < untilMs) {
      if (server.check().status !== 0) failed += 1;
      const uptime = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
      ages.push(uptime - Number(readFileSync(server.heartbeat, 'utf8')));
      await sleep(LOOK_UNDER_LOAD_MS);
    }
  } finally {
    for (const one of busy) one.kill('SIGKILL');
  }
  const [load = ''] = readFileSync('/proc/loadavg', 'utf8').split(' ');
  console.log(
    `${count} busy processes (nice ${nice}) on ${availableParallelism()} cores (load ${load}): ${failed} of ${ages.length} looks failed, the oldest beat was ${Math.max(...ages).toFixed(1)} s old`,
  );
}

try {
  await untilWell();
  for (const load of LOADS) await measureLoad(load);
  for (const [what, signal] of [
    ['stopped (SIGSTOP)', 'SIGSTOP'],
    ['with its event loop held', 'SIGUSR2'],
  ] as const) {
    await untilWell();
    server.process.kill(signal);
    console.log(`${what}: unhealthy after ${await untilUnhealthy()} s`);
    if (signal === 'SIGSTOP') server.process.kill('SIGCONT');
  }
} finally {
  server.process.kill('SIGKILL');
  await demo.close();
}
