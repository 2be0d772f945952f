import { Agent, request as send } from 'node:http';
import { readProcess } from '#e2e/bench/read-process.ts';
import { startFloor } from '#e2e/bench/start-floor.ts';
import { toForgedSeal } from '#e2e/support/hostile/open-hostile.ts';

const REQUESTS = 3_000;
const AT_ONCE = 4;
const WARM = 300;

interface Kind {
  what: string;
  path: string;
  toHeaders?(): Record<string, string>;
  method?: string;
  isNew?: boolean;
}

const KINDS: readonly Kind[] = [
  { what: 'a page (303)', path: '/' },
  { what: 'a page, over a connection of its own', path: '/', isNew: true },
  { what: 'an answer of the API (401)', path: '/api/swarm' },
  { what: 'with a wrong token', path: '/api/swarm', toHeaders: () => ({ authorization: 'Bearer wrong' }) },
  {
    what: 'with a forged cookie, another one each time',
    path: '/',
    toHeaders: () => ({ cookie: `vitals-session=${toForgedSeal()}` }),
  },
  { what: 'a wrong wall token (403)', path: '/wall?token=wrong-wall-token-x' },
  { what: 'the sign-in page (200)', path: '/login' },
  { what: 'whether the process is up (200)', path: '/api/healthz' },
  { what: 'a built file (200)', path: '/icon.svg' },
  { what: 'what no route takes (405)', path: '/', method: 'PUT', isNew: true },
];

/** What one request of a stranger costs the server, in µs of its CPU, beside what it costs a bare server of this run. */
export async function measureStranger(url: string, pid: number | null, signal: AbortSignal): Promise<string> {
  const floor = await startFloor(1, signal);
  try {
    const rows: string[] = [];
    for (const kind of KINDS) {
      const own = await measureMicros(url, pid, kind, signal);
      const bare = await measureMicros(floor.url, floor.pid, { ...kind, method: 'GET' }, signal);
      rows.push(`| ${kind.what} | ${own.toFixed(0)} | ${bare.toFixed(0)} | ${(own / bare).toFixed(1)} |`);
      process.stderr.write(`${rows.at(-1)}\n`);
    }
    return [
      '| one request of a stranger | CPU, µs | a bare server, µs | × bare |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  } finally {
    await floor.close();
  }
}

async function measureMicros(
  url: string,
  pid: number | null,
  kind: Kind,
  signal: AbortSignal,
): Promise<number> {
  await askMany(url, kind, WARM, signal);
  const before = readProcess(pid)?.cpuSeconds ?? Number.NaN;
  await askMany(url, kind, REQUESTS, signal);
  return (((readProcess(pid)?.cpuSeconds ?? Number.NaN) - before) / REQUESTS) * 1e6;
}

async function askMany(url: string, kind: Kind, count: number, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: kind.isNew !== true, maxSockets: AT_ONCE });
  let left = count;
  const one = async () => {
    while (left > 0) {
      signal.throwIfAborted();
      left -= 1;
      await askOnce(`${url}${kind.path}`, agent, kind);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  agent.destroy();
}

function askOnce(url: string, agent: Agent, { method = 'GET', toHeaders }: Kind): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = send(url, { agent, method, headers: toHeaders?.() ?? {} }, (response) => {
      response.resume().on('error', reject);
      response.on('end', resolve);
    });
    asked.on('error', reject).end();
  });
}
