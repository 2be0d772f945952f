import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { FleetMessage } from '#lib/wire/fleet-message.ts';
import { readEvents } from '#lib/wire/read-events.ts';
import { commandSwarm } from './command-swarm.ts';
import { startDemoSwarm } from './start-demo-swarm.ts';

/**
 * `node e2e/bench/fleet.ts`: what a server costs that shows several swarms. One demo swarm and one server that reads it stand
 * for all of them, by as many names, or with `--sources` as many as that, each with its own: their own CPU time is not counted. Prints memory, CPU time while nothing changes but probes,
 * and how long a change takes to a viewer of all swarms, and to one of one swarm, beside it.
 */
const { values } = parseArgs({
  options: {
    swarms: { type: 'string', default: '20' },
    sources: { type: 'string', default: '1' },
    replicas: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    changes: { type: 'string', default: '20' },
  },
});
const TOKEN = 'bench-token-0123456789';
const names = Array.from({ length: Number(values.swarms) }, (_, at) => `swarm-${at}`);
const replicas = Number(values.replicas);
const size = { nodes: Math.max(3, replicas / 50), services: Math.max(3, replicas / 10), replicas };
const sources: { demo: Awaited<ReturnType<typeof startDemoSwarm>>; server: VitalsServer }[] = [];
for (let at = 0; at < Number(values.sources); at += 1) {
  const own = await startDemoSwarm(size, new AbortController().signal);
  sources.push({ demo: own, server: await startVitals({ ...own.settings }) });
}
const [first] = sources;
if (first === undefined) throw new Error('--sources is 1 or more.');
const { demo, server: source } = first;
const fleet = await startVitals({
  VITALS_SWARMS: names.map((name, at) => `${name}=${sources[at % sources.length]?.server.url}`).join(','),
  VITALS_SWARMS_TOKENS: names.map((name) => `${name}=${TOKEN}`).join(' '),
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const readState = async () => {
  const { swarms } = (await (await fetch(`${fleet.url}/api/fleet`)).json()) as {
    swarms: { state: string; said: { replicas: { healthy: number } } | null }[];
  };
  return swarms.filter(({ state, said }) => state === 'live' && (said?.replicas.healthy ?? 0) > replicas / 2)
    .length;
};
const beganMs = Date.now();
while ((await readState()) < names.length && Date.now() - beganMs < 180_000) await pause(500);
console.log(
  `all live after ${((Date.now() - beganMs) / 1_000).toFixed(1)} s: ${await readState()} of ${names.length}`,
);

const cpuMs = () => {
  const fields = readFileSync(`/proc/${fleet.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const abort = new AbortController();
let bytes = 0;
let onMessage = (_: FleetMessage) => {};
const counted = new TransformStream<Uint8Array, Uint8Array>({
  transform(chunk, controller) {
    bytes += chunk.byteLength;
    controller.enqueue(chunk);
  },
});

await pause(Number(values.seconds) * 1_000);
const alone = cpuMs();
await pause(Number(values.seconds) * 1_000);
console.log(
  `nobody looks: ${((((cpuMs() - alone) / Number(values.seconds)) * 60) / 1_000).toFixed(1)} CPU s a minute, ${Math.round(fleet.readMemoryBytes() / 1e6)} MB`,
);

const answer = await fetch(`${fleet.url}/api/fleet/stream`, { signal: abort.signal });
void readEvents((answer.body as ReadableStream<Uint8Array>).pipeThrough(counted), ({ data }) =>
  onMessage(JSON.parse(data) as FleetMessage),
).catch(() => {});
const kinds: Record<string, number> = {};
onMessage = ({ kind }) => {
  kinds[kind] = (kinds[kind] ?? 0) + 1;
};
await pause(2_000);
const atFirst = bytes;
const watched = cpuMs();
await pause(Number(values.seconds) * 1_000);
const perMinute = 60 / Number(values.seconds);
console.log(
  `one viewer: ${(((cpuMs() - watched) * perMinute) / 1_000).toFixed(1)} CPU s a minute, ${Math.round(fleet.readMemoryBytes() / 1e6)} MB, snapshot ${Math.round(atFirst / 1e3)} kB, ${Math.round(((bytes - atFirst) * perMinute) / 1e3)} kB a minute`,
  kinds,
);

const one = new AbortController();
let onOne = () => {};
const single = await fetch(`${fleet.url}/swarms/${names[0]}/api/stream`, { signal: one.signal });
void readEvents(single.body as ReadableStream<Uint8Array>, ({ event, data }) => {
  if (event === 'changes' && data.includes('"failingStreak"')) onOne();
}).catch(() => {});
await pause(3_000);
const ofAll: number[] = [];
const ofOne: number[] = [];
const services = (await (await fetch(`${source.url}/api/swarm`)).json()) as {
  services: { name: string; replicas: { slot: number | null; status: string }[] }[];
};
const target = services.services.find(({ replicas: own }) => own.some(({ status }) => status === 'healthy'));
const slot = target?.replicas.find(({ status }) => status === 'healthy')?.slot ?? 1;
for (let at = 0; at < Number(values.changes) && target !== undefined; at += 1) {
  const atMs = performance.now();
  const seen = new Promise<void>((resolve) => {
    onMessage = (message) => {
      if (message.kind !== 'swarm' || message.swarm.name !== names[0]) return;
      ofAll.push(performance.now() - atMs);
      onMessage = () => {};
      resolve();
    };
  });
  onOne = () => {
    ofOne.push(performance.now() - atMs);
    onOne = () => {};
  };
  const to = at % 2 === 0 ? 'fail' : 'ok';
  await commandSwarm(demo, { command: 'flip', service: target.name, slot: String(slot), to });
  await Promise.race([seen, pause(8_000)]);
  await pause(1_500);
}
const median = (all: number[]) =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]?.toFixed(0) ?? 'none';
console.log(
  `a change: ${median(ofAll)} ms to a viewer of all (${ofAll.length}), ${median(ofOne)} ms to one of one swarm (${ofOne.length})`,
);
const SCRAPES = 10;
const scrapeMs = async (count: number) => {
  const beforeMs = cpuMs();
  let length = 0;
  for (let at = 0; at < count; at += 1) {
    const scrape = await fetch(`${fleet.url}/metrics`);
    length = (await scrape.text()).length;
  }
  return { ms: Math.round((cpuMs() - beforeMs) / count), kB: Math.round(length / 1e3) };
};
const firstScrape = await scrapeMs(1);
const laterScrape = await scrapeMs(SCRAPES);
console.log(
  `a scrape: the first ${firstScrape.ms} CPU ms, each of ${SCRAPES} more ${laterScrape.ms}, ${laterScrape.kB} kB`,
);
const PAGES = 5;
for (const path of ['/', '/wall', '/events', '/incidents', '/api/fleet', `/swarms/${names[0]}`]) {
  await (await fetch(fleet.url + path)).text();
  const beforeMs = cpuMs();
  for (let at = 0; at < PAGES; at += 1) await (await fetch(fleet.url + path)).text();
  console.log(
    `${path}: ${Math.round((cpuMs() - beforeMs) / PAGES)} CPU ms, mean of ${PAGES} after the first`,
  );
}
// Sent again for a second while nothing changes: this is of pages that are drawn.
const DRAWN = 10;
const idleFromMs = cpuMs();
await pause(DRAWN * 1_200);
const idleMs = (cpuMs() - idleFromMs) / DRAWN;
for (const path of ['/', '/wall', '/events', '/incidents']) {
  const own: number[] = [];
  for (let at = 0; at < DRAWN; at += 1) {
    await pause(1_200);
    const beforeMs = cpuMs();
    await (await fetch(fleet.url + path)).text();
    own.push(cpuMs() - beforeMs);
  }
  console.log(
    `${path}, drawn: ${median(own)} CPU ms, median of ${DRAWN} (idling takes ${Math.round(idleMs)} in 1.2 s)`,
  );
}
const searchMs = cpuMs();
await (await fetch(`${fleet.url}/api/fleet/search?q=web`)).text();
console.log(`a search: ${cpuMs() - searchMs} CPU ms`);
abort.abort();
one.abort();
await fleet.stop();
for (const { server, demo: own } of sources) {
  await server.stop();
  await own.close();
}
