import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { commandSwarm } from './command-swarm.ts';
import { openViewers, type Viewers } from './open-viewers.ts';
import { readProcess } from './read-process.ts';
import { SIZES, type SizeName } from './sizes.ts';
import { startVitalsSubject } from './start-vitals-subject.ts';
import { summarize } from './summarize.ts';

/**
 * `node e2e/bench/relay.ts`: how long a change takes to the last of a thousand viewers, at a server, at a relay of it, at a relay
 * of that, and spread over the relays, one after the other on the same swarm; and what each uses while nobody looks. `--size M
 * --viewers 1000 --flips 20 --seconds 60`. `--spread` leaves out the chain: both relays read the source, which has the viewers
 * first and then one relay each. Needs a build.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'M' },
    viewers: { type: 'string', default: '1000' },
    flips: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    spread: { type: 'boolean', default: false },
  },
});
const TOKEN = 'bench-token-0123456789';
const WITHIN_MS = 15_000;
const viewers = Number(values.viewers);
const flips = Number(values.flips);
const seconds = Number(values.seconds);
const { signal } = new AbortController();

interface Server {
  url: string;
  pid: number | null;
}

const subject = await startVitalsSubject({ size: SIZES[values.size as SizeName], profile: null, signal });
const relays: VitalsServer[] = [];
try {
  const first = await startRelay(subject.url);
  const second = await startRelay(values.spread ? subject.url : first.url);
  await measure('source', [subject]);
  if (values.spread) await measure('two relays', [first, second]);
  else {
    await measure('relay', [first]);
    await measure('relay of it', [second]);
  }
  await measureIdle([
    ['source', subject],
    ['relay', first],
    ['second relay', second],
  ]);
} finally {
  for (const relay of relays.reverse()) await relay.stop();
  await subject.close();
}

/** A probe fails or passes: until the last of all viewers has it, who are spread evenly over these servers. */
async function measure(name: string, servers: readonly Server[]): Promise<void> {
  const open: Viewers[] = [];
  const last: number[] = [];
  const own = Math.floor(viewers / servers.length);
  let missed = 0;
  try {
    for (const { url } of servers) open.push(await openViewers(url, own, signal));
    const before = readCpu([subject, ...servers]);
    for (let index = 0; index < flips; index += 1) {
      const target = subject.targets[Math.floor(index / 2) % subject.targets.length];
      if (target === undefined) break;
      await sleep(300 + Math.random() * 300);
      const arrivals = open.map((one) => one.expectChange());
      const to = index % 2 === 0 ? 'fail' : 'ok';
      const { atMs } = await commandSwarm(subject, { command: 'flip', to, ...target });
      const all = () => arrivals.every((read) => read().length === own);
      const isSeen = await waitFor(all, WITHIN_MS, 'all viewers', signal).catch(() => false);
      if (isSeen) last.push(Math.max(0, ...arrivals.map((read) => Math.max(...read()) - atMs)));
      else missed += 1;
      if (to === 'ok') await commandSwarm(subject, { command: 'flip', to: 'own', ...target });
    }
    const { median, p95 } = summarize(last, missed);
    const use = readCpu([subject, ...servers]).map((cpu, at) => (cpu - (before[at] ?? 0)).toFixed(2));
    const memory = servers.map(({ pid }) => Math.round((readProcess(pid)?.residentBytes ?? 0) / 1e6));
    console.log(
      `${name}, ${viewers} viewers: last after ${Math.round(median ?? 0)} ms (p95 ${Math.round(p95 ?? 0)}), ${missed} missed; CPU s of source and these: ${use.join(', ')}; MB: ${memory.join(', ')}`,
    );
  } finally {
    for (const one of open) one.close();
  }
}

async function measureIdle(servers: readonly (readonly [string, Server])[]): Promise<void> {
  await sleep(10_000);
  const before = readCpu(servers.map(([, server]) => server));
  await sleep(seconds * 1_000);
  for (const [at, [name, { pid }]] of servers.entries()) {
    const use = readProcess(pid);
    const aMinute = ((((use?.cpuSeconds ?? 0) - (before[at] ?? 0)) / seconds) * 60).toFixed(2);
    console.log(
      `${name}, idle: ${aMinute} s of CPU a minute, ${Math.round((use?.residentBytes ?? 0) / 1e6)} MB`,
    );
  }
}

function readCpu(servers: readonly Server[]): number[] {
  return servers.map(({ pid }) => readProcess(pid)?.cpuSeconds ?? 0);
}

async function startRelay(url: string): Promise<VitalsServer> {
  const relay = await startVitals({
    VITALS_SWARMS: `bench=${url}`,
    VITALS_SWARMS_TOKENS: `bench=${TOKEN}`,
  });
  relays.push(relay);
  const isReady = async () => {
    const answer = await fetch(`${relay.url}/api/swarm`, { signal: AbortSignal.timeout(10_000) });
    return ((await answer.json()) as SwarmPicture).ready;
  };
  await waitFor(isReady, 60_000, 'a relay that reads its source', signal);
  return relay;
}
