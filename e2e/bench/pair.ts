import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { readEvents } from '#lib/wire/read-events.ts';
import { commandSwarm } from './command-swarm.ts';
import { readDockerTraffic } from './read-docker-traffic.ts';
import { SIZES } from './sizes.ts';
import { startDemoSwarm } from './start-demo-swarm.ts';
import { summarize } from './summarize.ts';

/**
 * `node e2e/bench/pair.ts --other FOLDER`: another checkout's build beside this one, at the same time on one demo swarm, so
 * that other work on the machine falls on both: CPU while nothing changes but probes, memory, and how long the same changes
 * take into each stream.
 */
const { values } = parseArgs({
  options: {
    other: { type: 'string' },
    size: { type: 'string', default: 'S' },
    flips: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    viewers: { type: 'string', default: '10' },
  },
});
const { other, size } = values;
if (other === undefined || !(size === 'S' || size === 'M' || size === 'L'))
  throw new TypeError('--other takes the folder of a checkout with a build; --size takes S, M or L.');
const file = join(resolve(other), 'e2e/support/start-vitals.ts');
const theirs = (await import(file)) as { startVitals: typeof startVitals };
const SETTLE_MS = 45_000;
const WITHIN_MS = 5_000;
const BETWEEN_MS = 300;

const abort = new AbortController();
const demo = await startDemoSwarm(SIZES[size], abort.signal);
const servers = [await theirs.startVitals(demo.settings), await startVitals(demo.settings)];
const onChange: ((data: string) => void)[] = servers.map(() => () => {});
for (const [at, { url }] of servers.entries())
  for (let viewer = 0; viewer < Number(values.viewers); viewer += 1) {
    const { body } = await fetch(`${url}/api/stream`, { signal: abort.signal });
    if (body === null) throw new Error(`${url} has no stream.`);
    void readEvents(body, ({ event, data }) => {
      if (viewer === 0 && event === 'changes') onChange[at]?.(data);
    }).catch(() => {});
  }

let picture: SwarmPicture;
do {
  await sleep(500);
  picture = (await (await fetch(`${servers[1]?.url}/api/swarm`)).json()) as SwarmPicture;
} while (!isWell(picture));
await sleep(SETTLE_MS);
const readTraffic = () =>
  Promise.all(servers.map(({ url }) => readDockerTraffic({ url, control: demo.control })));
const trafficBefore = await readTraffic();
const before = servers.map(readCpuSeconds);
await sleep(Number(values.seconds) * 1_000);
const aMinute = servers.map(
  (server, at) => ((readCpuSeconds(server) - (before[at] ?? 0)) * 60) / Number(values.seconds),
);
const traffic = await readTraffic();
const pair = (of: readonly number[], digits: number) => of.map((one) => one.toFixed(digits)).join(' → ');
console.log(`other → this, ${size}`);
console.log(`CPU a minute, s: ${pair(aMinute, 2)}`);
const toMinute = (what: 'bytes' | 'requests', unit: number) =>
  traffic.map(
    (one, at) => ((one[what] - (trafficBefore[at]?.[what] ?? 0)) * 60) / Number(values.seconds) / unit,
  );
console.log(
  `from Docker a minute, MB: ${pair(toMinute('bytes', 1e6), 2)}; requests: ${pair(toMinute('requests', 1), 0)}`,
);
console.log(
  `resident, MB: ${pair(
    servers.map((one) => one.readMemoryBytes() / 1e6),
    0,
  )}`,
);

const targets = picture.services.flatMap(({ id, name, healthCheck, replicas }) =>
  healthCheck === null ? [] : replicas.map(({ key }) => ({ id, service: name, slot: key })),
);
const took: number[][] = servers.map(() => []);
for (let flip = 0; flip < 2 * Number(values.flips); flip += 1) {
  const target = targets[(Math.floor(flip / 2) * 7) % targets.length];
  if (target === undefined) throw new Error('No service is probed.');
  const fromMs = performance.now();
  const seen = servers.map(
    (_, at) =>
      new Promise<number>((done) => {
        onChange[at] = (data) => data.includes(target.id) && done(performance.now() - fromMs);
      }),
  );
  const { service, slot } = target;
  await commandSwarm(demo, { command: 'flip', service, slot, to: flip % 2 === 0 ? 'fail' : 'ok' });
  const both = await Promise.race([Promise.all(seen), sleep(WITHIN_MS, null)]);
  for (const [at, ms] of (both ?? []).entries()) took[at]?.push(ms);
  await sleep(BETWEEN_MS);
}
const [first = [], second = []] = took;
const median = (of: number[]) => summarize(of).median;
console.log(`a change → the stream, median ms: ${pair([first, second].map(median), 2)}`);
console.log(
  `· the same change, later by ms: ${median(second.map((ms, at) => ms - (first[at] ?? ms))).toFixed(2)} (${first.length})`,
);
abort.abort();
for (const server of servers) await server.stop();
await demo.close();

function isWell({ ready, services }: SwarmPicture): boolean {
  const replicas = services.flatMap((service) => service.replicas);
  return ready && replicas.every(({ status }) => ['healthy', 'running', 'complete'].includes(status));
}

/** Of all threads: the kernel's own count, which is finer than the clock's. */
function readCpuSeconds({ pid }: VitalsServer): number {
  const folder = `/proc/${pid}/task`;
  const ns = readdirSync(folder).map((thread) =>
    Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e9;
}
