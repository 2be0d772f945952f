import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import { createServices } from '#e2e/support/create-services.ts';
import { expectLive, expectVerdict, toService } from '#e2e/support/expect-status.ts';
import { findChromium } from '#e2e/support/find-chromium.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { type Swarm, startSwarm } from '#e2e/support/start-swarm.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { measureDeaths } from './measure-deaths.ts';
import { measureFlips } from './measure-flips.ts';
import { measureLoad } from './measure-load.ts';

/**
 * `node e2e/bench/real-swarm/cli.ts`: how fast and how cheap the server is on a real swarm of three nodes, as a table. By hand, not in
 * CI: times depend on the machine. Needs a build (`npm start -- --build`), Linux and root.
 */
const FLIPS = 40;
const DEATHS = 30;
const LOAD_SECONDS = 60;

const executablePath = findChromium();
const swarm = await startSwarm();
const services = createServices(swarm);
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
const rows: [string, string][] = [];
const add = (name: string, value: string) => {
  rows.push([name, value]);
  console.log(`${name}: ${value}`);
};
const toMb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().then(() => process.exit(130)));
try {
  const check = ['--health-interval', '5s', '--health-timeout', '3s', '--health-retries', '3'];
  const web = await services.create('web', { image: images.web, flags: ['--replicas', '3', ...check] });
  await services.create('agents', { image: images.sleep, flags: ['--mode', 'global'] });
  const page = await browser.newPage({ baseURL: swarm.vitals.url });
  await page.goto('/');
  await expectLive(page);
  await expectVerdict(toService(page, web), 'healthy', 60_000);

  const flips = await measureFlips(page, swarm, FLIPS);
  add('probe fails (exec_die) → failing in the DOM', formatSample(flips.failing, 'ms'));
  add('probe passes again (exec_die) → healthy in the DOM', formatSample(flips.healthy, 'ms'));
  add(
    'container dies (die) → other status in the DOM',
    formatSample(await measureDeaths(page, swarm, DEATHS), 'ms'),
  );
  await page.close();
  add('spawn → /api/readyz 200', formatSample(await measureStart(swarm, 7), 'ms'));
  await sleep(5_000);
  for (const viewers of [1, 20]) {
    const load = await measureLoad(swarm, viewers, LOAD_SECONDS);
    add(
      `requests to Docker a minute, idle, ${viewers} viewer(s)`,
      `${load.requests} (${toMb(load.bytes)}): ${load.paths.join(', ')}`,
    );
    add(`resident memory, ${viewers} viewer(s)`, toMb(load.memoryBytes));
  }
  console.log(
    `\n| what | measured |\n|---|---|\n${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}`,
  );
} finally {
  await end();
}

async function end(): Promise<void> {
  await browser.close();
  await swarm.close();
}

/** A sample in one line: how many, median, 95th percentile, largest. */
function formatSample(values: readonly number[], unit: string): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const round = (value: number | undefined) => (value === undefined ? '–' : String(Math.round(value)));
  return `median ${round(at(0.5))} ${unit}, p95 ${round(at(0.95))} ${unit}, max ${round(sorted.at(-1))} ${unit} (n = ${sorted.length})`;
}

/** From spawn to the first 200 of `/api/readyz`, which is the first full picture of the swarm; milliseconds. */
async function measureStart({ settings }: Swarm, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const port = await findFreePort();
    const fromMs = Date.now();
    const ready = waitUntilReady(`http://127.0.0.1:${port}/api/readyz`).then((atMs) =>
      taken.push(atMs - fromMs),
    );
    const vitals = await startVitals(settings, port);
    await ready;
    await vitals.kill();
  }
  return taken;
}

async function waitUntilReady(url: string): Promise<number> {
  const endMs = Date.now() + 30_000;
  while (Date.now() < endMs) {
    const isReady = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (isReady) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${url} was never 200.`);
}
