import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { SERVER_FILE } from '#lib/build/base-mark.ts';
import { type PlacedBuild, placeBuild } from '#lib/build/place-build.ts';
import { NODE_FLAGS, NODE_MEMORY } from '#lib/server/node-flags.ts';
import { CHECKOUT } from './checkout.ts';
import { findFreePort } from './find-free-port.ts';
import { root } from './root.ts';

const toStandalone = (checkout: string) => join(checkout, '.next/standalone');
/** Until November 2026 a build's server was Next's own file. */
const findServer = (checkout: string) =>
  [SERVER_FILE, 'server.js'].map((name) => join(toStandalone(checkout), name)).find(existsSync) ?? null;
const NODE = join(root, 'node_modules/.bin/node');
const SETPRIV = '/usr/bin/setpriv';
/** A guard against hanging: on a machine with twenty times as much to do as it can, a start of 2 s takes more than a minute. */
const START_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 15_000;

/** A running server of the product, as `npm start` runs it. */
export interface VitalsServer {
  readonly url: string;
  readonly pid: number | null;
  /** The moment it was last spawned, epoch milliseconds. */
  readonly spawnedAtMs: number;
  /** What it wrote to stdout and stderr, all lives together. */
  log(): string;
  /** Resident memory in bytes. */
  readMemoryBytes(): number;
  /** The most that it ever was. */
  readPeakBytes(): number;
  /** SIGTERM; gives its exit code. @throws when it does not end within 15 s */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Again on the same port, after `stop` or `kill`. Done when it answers. */
  start(): Promise<void>;
}

/**
 * Starts the built server on a free port (or `port`) of the loopback interface with these settings and no others.
 *
 * @param userId who it runs as, as in the image; `null`: who runs the tests
 * @param checkout whose build it is; this one's, or that of `VITALS_TEST_BUILD`
 */
export async function startVitals(
  settings: Record<string, string>,
  port: number | null = null,
  { userId = null, checkout = CHECKOUT }: { userId?: number | null; checkout?: string } = {},
): Promise<VitalsServer> {
  const file = findServer(checkout);
  if (file === null) throw new Error('There is no build: run npm start -- --build.');
  const ownPort = port ?? (await findFreePort());
  const url = `http://127.0.0.1:${ownPort}`;
  let child: ChildProcess | null = null;
  let build: PlacedBuild | null = null;
  let spawnedAtMs = 0;
  let log = '';

  const isUp = () => child !== null && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    if (ending === null || !isUp()) return ending?.exitCode ?? null;
    ending.kill(signal);
    await waitFor(() => !isUp(), STOP_WITHIN_MS, `the end of the server after ${signal}`);
    build?.remove();
    const unhandled = /^.*unhandled rejection.*$/m.exec(log)?.[0];
    if (unhandled !== undefined) throw new Error(`The server met an ${unhandled}`);
    return ending.exitCode;
  };

  const self: VitalsServer = {
    url,
    get pid() {
      return isUp() ? (child?.pid ?? null) : null;
    },
    get spawnedAtMs() {
      return spawnedAtMs;
    },
    log: () => log,
    readMemoryBytes: () => readStatusBytes(self.pid, 'VmRSS'),
    readPeakBytes: () => readStatusBytes(self.pid, 'VmHWM'),
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    async start() {
      build = placeBuild(toStandalone(checkout), settings.VITALS_BASE_PATH ?? '');
      const server = [file, build.folder];
      spawnedAtMs = Date.now();
      // However these tests end, the server ends with them.
      const [command, ...args] = existsSync(SETPRIV)
        ? [SETPRIV, ...toUser(userId), '--pdeathsig', 'KILL', NODE, ...NODE_FLAGS, ...server]
        : [NODE, ...NODE_FLAGS, ...server];
      child = spawn(command ?? NODE, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...NODE_MEMORY,
          PATH: process.env.PATH ?? '',
          NODE_ENV: 'production',
          NEXT_TELEMETRY_DISABLED: '1',
          HOSTNAME: '127.0.0.1',
          PORT: String(ownPort),
          ...settings,
        },
      });
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8');
        stream?.on('data', (text: string) => {
          log += text;
        });
      }
      await waitFor(
        async () => {
          if (!isUp()) return 'ended';
          return (await fetch(`${url}/api/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
        },
        START_WITHIN_MS,
        `the server to answer; it said:\n${log}`,
      ).catch((error: unknown) => {
        child?.kill('SIGKILL');
        throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`);
      });
      if (!isUp()) throw new Error(`The server ended at its start:\n${log}`);
    },
  };
  await self.start();
  return self;
}

function toUser(userId: number | null): string[] {
  return userId === null ? [] : [`--reuid=${userId}`, `--regid=${userId}`, '--clear-groups'];
}

function readStatusBytes(pid: number | null, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) * 1024;
}
