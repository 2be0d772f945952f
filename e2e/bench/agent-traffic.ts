import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { createServices } from '#e2e/support/create-services.ts';
import { type GetProxy, startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { startSwarm } from '#e2e/support/start-swarm.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';

/**
 * `node e2e/bench/agent-traffic.ts`: what the server reads of the engines in a minute in which nothing happens, directly and
 * through agents, two servers at the same time. `--lab`: a real swarm of three engines with 60 replicas that are probed
 * every 5 s (Linux, root); else a demo swarm, such as `--nodes 20 --services 100 --replicas 1000`. Needs a build.
 */
const { values } = parseArgs({
  options: {
    lab: { type: 'boolean', default: false },
    nodes: { type: 'string', default: '3' },
    services: { type: 'string', default: '10' },
    replicas: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '3' },
  },
});
const SECRET = 'measured-0123456789abcdef0123456789abcdef';
/** Until the first read, and what is read once after it, is over. */
const SETTLE_MS = 60_000;
const REPLICAS_IN_LAB = 60;

const closers: (() => Promise<unknown>)[] = [];
const end = async () => {
  for (const close of closers.splice(0).reverse()) await close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().then(() => process.exit(130)));
try {
  const { managers, engines } = await (values.lab ? openLab() : openDemo());
  const direct = await read(managers, await startProxies(engines));
  const agents = await read(managers, await startProxies(await startAgents(engines), SECRET));
  await sleep(SETTLE_MS);
  for (const proxy of [...direct, ...agents]) proxy.reset();
  const minutes = Number(values.minutes);
  await sleep(minutes * 60_000);
  print('directly', direct, minutes);
  print('through agents', agents, minutes);
} finally {
  await end();
}

async function openDemo(): Promise<{ managers: string[]; engines: string[] }> {
  const demo = await createDemoSwarm({
    nodes: Number(values.nodes),
    services: Number(values.services),
    replicas: Number(values.replicas),
    churn: 0,
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  closers.push(() => demo.close());
  return demo;
}

async function openLab(): Promise<{ managers: string[]; engines: string[] }> {
  const swarm = await startSwarm();
  closers.push(() => swarm.close());
  const check = ['--health-interval', '5s', '--health-timeout', '3s', '--health-retries', '3'];
  await createServices(swarm).create('web', {
    image: images.web,
    flags: ['--replicas', String(REPLICAS_IN_LAB), ...check],
  });
  await waitFor(() => isAllHealthy(swarm.vitals), 300_000, `${REPLICAS_IN_LAB} healthy replicas`);
  await swarm.vitals.kill();
  const engines = swarm.lab.hosts.map(({ tcp }) => tcp);
  return { managers: engines.slice(0, 1), engines };
}

async function isAllHealthy({ url }: VitalsServer): Promise<boolean> {
  const { services } = (await (await fetch(`${url}/api/swarm`)).json()) as {
    services: { healthy: number }[];
  };
  return services.some(({ healthy }) => healthy === REPLICAS_IN_LAB);
}

async function startProxies(targets: readonly string[], secret: string | null = null): Promise<GetProxy[]> {
  // What the server says to an agent, whose secret the proxy proves in its place.
  const bend = secret === null ? {} : { agentSecret: secret, headers: { 'accept-encoding': 'gzip' } };
  const proxies: GetProxy[] = [];
  for (const target of targets) {
    const proxy = await startGetProxy(target, 0, bend);
    closers.push(() => proxy.close());
    proxies.push(proxy);
  }
  return proxies;
}

/** One agent beside each engine, in this process. @returns their endpoints */
async function startAgents(engines: readonly string[]): Promise<string[]> {
  const endpoints: string[] = [];
  for (const engine of engines) {
    const { hostname: host, port } = new URL(engine.replace(/^tcp:/, 'http:'));
    const agent = createAgentServer(
      {
        engine: { kind: 'tcp', host, port: Number(port) },
        secret: SECRET,
        host: '127.0.0.1',
        port: 0,
        tls: null,
        logs: true,
        usage: true,
        plainContainers: false,
        checks: false,
      },
      { nowMs: () => performance.now(), log: (text) => console.error(text) },
    );
    endpoints.push(`tcp://127.0.0.1:${await agent.listen()}`);
    closers.push(() => agent.close());
  }
  return endpoints;
}

/** Starts a server that reads the engines through these proxies, the managers not. @returns the proxies */
async function read(managers: readonly string[], proxies: GetProxy[]): Promise<GetProxy[]> {
  const vitals = await startVitals({
    VITALS_MANAGERS: managers.join(','),
    VITALS_ENGINES: proxies.map(({ endpoint }) => endpoint).join(','),
  });
  closers.push(() => vitals.kill());
  await waitFor(
    async () => {
      const picture = (await (await fetch(`${vitals.url}/api/swarm`)).json()) as {
        nodes: { engine: { state: string } }[];
      };
      return picture.nodes.length > 0 && picture.nodes.every(({ engine }) => engine.state === 'live');
    },
    120_000,
    'every engine to be live',
  );
  return proxies;
}

function print(how: string, proxies: readonly GetProxy[], minutes: number): void {
  const sums = new Map<string, { requests: number; bytes: number }>();
  for (const { path, requests, bytes } of proxies.flatMap((proxy) => proxy.traffic())) {
    const sum = sums.get(path) ?? { requests: 0, bytes: 0 };
    sums.set(path, { requests: sum.requests + requests, bytes: sum.bytes + bytes });
  }
  const toKb = (bytes: number) => `${Math.round(bytes / minutes / 1_000)} kB`;
  const all = [...sums.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${how}: ${toKb(all)} a minute`);
  for (const [path, { requests, bytes }] of sums)
    console.log(`  ${path}: ${toKb(bytes)}, ${Math.round(requests / minutes)} requests`);
}
