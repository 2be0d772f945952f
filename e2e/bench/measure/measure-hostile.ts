import { request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SIZES } from '#e2e/bench/sizes.ts';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { HOSTILE_KINDS } from '#e2e/support/hostile/open-hostile.ts';
import { startHostile } from '#e2e/support/hostile/start-hostile.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { measureStranger } from './measure-stranger.ts';

const TOKEN = 'an-api-token-of-the-bench';
const CONNECTIONS = 1_000;
const FOR_MS = 8_000;
const PAUSE_MS = 50;

/** `npm run bench -- --rows hostile`: what somebody known waits for beside a thousand connections of each hostile kind. */
export async function measureHostile(signal: AbortSignal): Promise<string> {
  const demo = await startDemoSwarm(SIZES.S, signal);
  const vitals = await startVitals({
    ...demo.settings,
    VITALS_AUTH: 'password',
    VITALS_PASSWORD: 'correct horse battery',
    VITALS_API_TOKEN: TOKEN,
  });
  try {
    await waitFor(async () => (await fetch(`${vitals.url}/api/readyz`)).ok, 30_000, 'the demo swarm');
    for (let index = 0; index < 20; index += 1) await askMs(vitals.url);
    const stranger = await measureStranger(vitals.url, vitals.pid, signal);
    const rows = [await measureRow(vitals, 'none', signal)];
    for (const kind of Object.keys(HOSTILE_KINDS)) {
      const hostile = startHostile(
        vitals.url,
        CONNECTIONS,
        [kind as keyof typeof HOSTILE_KINDS],
        '/openapi.json',
      );
      try {
        await waitFor(() => hostile.made() >= CONNECTIONS, 60_000, kind);
        rows.push(await measureRow(vitals, kind, signal));
      } finally {
        hostile.close();
      }
      await sleep(1_000);
    }
    return [
      '| 1,000 connections | overview: median, ms | longest, ms | resident, MB |',
      '|---|---|---|---|',
      ...rows,
      '',
      stranger,
    ].join('\n');
  } finally {
    await vitals.kill();
    await demo.close();
  }
}

async function measureRow(vitals: VitalsServer, kind: string, signal: AbortSignal): Promise<string> {
  const took: number[] = [];
  let maxBytes = 0;
  const untilMs = performance.now() + FOR_MS;
  while (performance.now() < untilMs) {
    signal.throwIfAborted();
    took.push(await askMs(vitals.url));
    maxBytes = Math.max(maxBytes, vitals.readMemoryBytes());
    await sleep(PAUSE_MS);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const row = `| ${kind} | ${median.toFixed(0)} | ${sorted.at(-1)?.toFixed(0)} | ${(maxBytes / 1e6).toFixed(0)} |`;
  process.stderr.write(`${row}\n`);
  return row;
}

/** The overview, over a connection of its own. */
function askMs(url: string): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const asked = send(url, { headers: { authorization: `Bearer ${TOKEN}` }, agent: false }, (response) => {
      response.resume().on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - from);
        else reject(new Error(`It was answered with ${response.statusCode}.`));
      });
    });
    asked.setTimeout(60_000, () => asked.destroy(new Error('No answer in 60 s.')));
    asked.on('error', reject).end();
  });
}
