import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured } from '#e2e/bench/measured.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { NODE_MEMORY } from '#lib/server/node-flags.ts';

const REST_MS = 5_000;

/** The agent of a checkout's build as its image runs it, on this engine: what it holds while nobody asks it. */
export async function measureAgent(checkout: string, engine: string, signal: AbortSignal): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'swarm-vitals-agent-'));
  const port = String(await findFreePort());
  const child = spawn(
    join(checkout, 'node_modules/.bin/node'),
    ['--heap-growing-percent=30', join(checkout, '.next/standalone/lib/image/enter.js'), 'agent'],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...NODE_MEMORY,
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'production',
        NODE_OPTIONS: '--max-semi-space-size=8 --disable-warning=ExperimentalWarning',
        DOCKER_HOST: engine,
        VITALS_AGENT_SECRET: '0123456789abcdef0123456789abcdef-measured',
        VITALS_AGENT_HOST: '127.0.0.1',
        VITALS_AGENT_PORT: port,
      },
    },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  try {
    await waitFor(
      () => log.includes('listens on'),
      30_000,
      `the agent of ${checkout}; it said: ${log}`,
      signal,
    );
    await sleep(REST_MS, undefined, { signal });
    return { agent: summarize([(readProcess(child.pid ?? null)?.residentBytes ?? Number.NaN) / 1e6]) };
  } finally {
    const isOver = child.exitCode !== null || child.signalCode !== null;
    child.kill('SIGKILL');
    if (!isOver) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}
