import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bundleRuntime } from '#lib/build/bundle-runtime.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import type { LogStream } from '#lib/engine/port.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { AGENT_FLAGS } from '#lib/image/run-small.ts';
import { createAgentAccess } from '#lib/server/agents/create-agent-access.ts';
import { readProcess } from './bench/read-process.ts';
import { summarize } from './bench/summarize.ts';
import { findFreePort } from './support/find-free-port.ts';
import { root } from './support/root.ts';

/**
 * `node e2e/measure-agent-logs.ts`: an agent, as the image runs it, that follows no, 32 and 64 logs of 10 lines a second
 * each. How long do a ping and a container's inspect take through it, how long an event of the engine until the server's
 * client has it, and what does the agent take of CPU and memory?
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    counts: { type: 'string', default: '0,32,64' },
    /** More of Node's own, to try out. */
    flags: { type: 'string', default: '' },
  },
});
const SECRET = 'measured-0123456789abcdef0123456789abcdef';
const ID = 'c'.repeat(64);
/** Of the Dockerfile's entry point. */
const IMAGE_FLAGS = ['--heap-growing-percent=30'];
const LINES_PER_SECOND = 10;
const LABELS = {
  'com.docker.swarm.task.id': 't1',
  'com.docker.swarm.node.id': 'n1',
  'com.docker.swarm.service.name': 'web',
};
const CONTAINER = {
  Id: ID,
  State: {
    Status: 'running',
    Running: true,
    Health: {
      Status: 'healthy',
      FailingStreak: 0,
      Log: Array.from({ length: 5 }, () => ({
        Start: '2026-11-28T11:00:00.000000000Z',
        End: '2026-11-28T11:00:00.050000000Z',
        ExitCode: 0,
        Output: 'all is well here, and has been for a while\n'.repeat(4),
      })),
    },
  },
  Config: {
    Image: 'web:1',
    Labels: LABELS,
    Healthcheck: { Test: ['CMD', 'true'] },
    Env: ['A=b'.repeat(900)],
  },
};

const folder = mkdtempSync(join(tmpdir(), 'vitals-agent-logs-'));
const socketPath = join(folder, 'engine.sock');
const logs = new Set<ServerResponse>();
const events = new Set<ServerResponse>();
const engine = createServer((request, response) => {
  const path = (request.url ?? '').replace(/\?.*/, '').replace(/^\/v1\.\d+/, '');
  const send = (value: unknown) => response.end(JSON.stringify(value));
  if (path === '/_ping') return response.end('OK');
  if (path === '/version') return send({ ApiVersion: '1.41', MinAPIVersion: '1.12', Version: '20.10.24' });
  if (path === '/info')
    return send({ ID: 'e', Name: 'h', Swarm: { NodeID: 'n1', LocalNodeState: 'active' } });
  if (path === `/containers/${ID}/json`) return send(CONTAINER);
  const streams = path === '/events' ? events : logs;
  streams.add(response);
  response.on('close', () => streams.delete(response));
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).flushHeaders();
  return response;
});
type Agent = ChildProcessByStdio<null, null, Readable>;

const started: Agent[] = [];
try {
  await main();
} finally {
  for (const agent of started) agent.kill();
  engine.closeAllConnections();
  engine.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

async function main(): Promise<void> {
  await new Promise<void>((resolve) => engine.listen(socketPath, resolve));
  const port = await findFreePort();
  const agent = await startAgent(port);
  const access = createAgentAccess(
    { kind: 'agents', service: 'a', secret: SECRET, port, caPath: null },
    { facts: createFacts(), nowMs: () => 0 },
  );
  const client = createDockerClient(access.parse(`tcp://127.0.0.1:${port}`), { agentSecret: SECRET });
  const eventMs = await openEvents(client);
  const followed: LogStream[] = [];
  const feeding = setInterval(() => {
    for (const log of logs) log.write(toFrame());
  }, 1_000 / LINES_PER_SECOND);
  console.log('| logs followed | ping, ms | inspect, ms | event, ms | agent: CPU | resident | read, kB/s |');
  console.log('|---|---|---|---|---|---|---|');
  for (const count of values.counts.split(',').map(Number)) {
    while (followed.length < count) followed.push(await follow(client));
    await sleep(1_000);
    const before = readProcess(agent.pid ?? null);
    const bytesBefore = client.traffic().bytesRead;
    const startedAtMs = performance.now();
    const [pings, inspects, published] = await measure(client, eventMs);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const after = readProcess(agent.pid ?? null);
    const cpu = ((after?.cpuSeconds ?? 0) - (before?.cpuSeconds ?? 0)) / seconds;
    const cells = [
      count,
      ...[pings, inspects, published].map(toText),
      `${(cpu * 100).toFixed(1)} %`,
      `${Math.round((after?.residentBytes ?? 0) / 1e6)} MB`,
      Math.round((client.traffic().bytesRead - bytesBefore) / seconds / 1_000),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  clearInterval(feeding);
  client.close();
}

/** As the image has it: JavaScript, and Node set small. */
async function startAgent(port: number): Promise<Agent> {
  const built = join(folder, 'agent');
  await bundleRuntime(root, built);
  copyFileSync(join(root, 'package.json'), join(built, 'package.json'));
  // It goes on as another user, as in the image.
  for (const path of [folder, built, socketPath]) chmodSync(path, 0o777);
  // Given from the start, it does not start once more with its own alone.
  const tried = values.flags === '' ? [] : [...AGENT_FLAGS, ...values.flags.split(' ')];
  const agent = spawn(
    process.execPath,
    [...IMAGE_FLAGS, ...tried, join(built, 'lib/image/enter.js'), 'agent'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        NODE_ENV: 'production',
        NODE_OPTIONS:
          '--max-semi-space-size=8 --disable-warning=ExperimentalWarning --disable-warning=DEP0169',
        MALLOC_ARENA_MAX: '1',
        MALLOC_MMAP_THRESHOLD_: '131072',
        MALLOC_TRIM_THRESHOLD_: '131072',
        VITALS_AGENT_SECRET: SECRET,
        VITALS_AGENT_PORT: String(port),
        VITALS_AGENT_HOST: '127.0.0.1',
        DOCKER_HOST: `unix://${socketPath}`,
      },
    },
  );
  started.push(agent);
  agent.stderr.pipe(process.stderr);
  await once(agent.stderr, 'data');
  return agent;
}

type Client = ReturnType<typeof createDockerClient>;

/** @returns sends an event, and says how long it took until the client had it */
async function openEvents(client: Client): Promise<() => Promise<number>> {
  let notify: (() => void) | null = null;
  await new Promise<void>((resolve, reject) => {
    client.openEvents({
      scope: 'engine',
      sinceMs: null,
      onOpen: resolve,
      onEvent: () => notify?.(),
      onClose: (error) => reject(error),
    });
  });
  let count = 0;
  return async () => {
    count += 1;
    const status = count % 2 === 0 ? 'healthy' : 'unhealthy';
    const event = {
      Type: 'container',
      Action: `health_status: ${status}`,
      Actor: { ID, Attributes: LABELS },
      time: Math.floor(Date.now() / 1_000),
      timeNano: Date.now() * 1e6,
    };
    const startedAtMs = performance.now();
    const published = new Promise<void>((resolve) => {
      notify = resolve;
    });
    for (const stream of events) stream.write(`${JSON.stringify(event)}\n`);
    await published;
    return performance.now() - startedAtMs;
  };
}

function follow(client: Client): Promise<LogStream> {
  return new Promise((resolve, reject) => {
    const log: LogStream = client.openLog(ID, {
      tail: 1,
      sinceMs: null,
      follow: true,
      onOpen: () => resolve(log),
      onLines: () => {},
      onClose: (error) => reject(error ?? new Error('It ended.')),
    });
  });
}

async function measure(
  client: Client,
  eventMs: () => Promise<number>,
): Promise<[number[], number[], number[]]> {
  const [pings, inspects, published]: [number[], number[], number[]] = [[], [], []];
  const timed = async (work: () => Promise<unknown>) => {
    const startedAtMs = performance.now();
    await work();
    return performance.now() - startedAtMs;
  };
  const untilMs = performance.now() + Number(values.seconds) * 1_000;
  while (performance.now() < untilMs) {
    pings.push(await timed(() => client.ping(5_000)));
    inspects.push(await timed(() => client.inspectContainer(ID)));
    published.push(await eventMs());
    await sleep(37);
  }
  return [pings, inspects, published];
}

function toFrame(): Buffer {
  const line = Buffer.from(
    `${new Date().toISOString()} a line of a log that is followed, ${'.'.repeat(80)}\n`,
  );
  const head = Buffer.alloc(8);
  head[0] = 1;
  head.writeUInt32BE(line.length, 4);
  return Buffer.concat([head, line]);
}

function toText(measured: number[]): string {
  const { median, p95 } = summarize(measured);
  return `${median.toFixed(2)} / ${p95.toFixed(2)}`;
}
