import type { SimNode } from '#lib/demo/world.ts';
import { isAtLeast } from './engine-releases.ts';
import { formatAge, formatTime } from './format-time.ts';
import { HOST_CONFIG } from './host-config.ts';
import { toHash } from './to-hash.ts';

/** What somebody started by hand on each node: Swarm knows nothing of it. */
interface Plain {
  name: string;
  image: string;
  ports: object[];
  check: { test: string[]; failing: number; output: string } | null;
  env: string[];
}

const DAY_MS = 86_400_000;

const EXPORTER: Plain = {
  name: 'node-exporter',
  image: 'prom/node-exporter:v1.9.1',
  ports: [{ IP: '0.0.0.0', PrivatePort: 9100, PublicPort: 9100, Type: 'tcp' }],
  check: null,
  env: [],
};
const RUNNER: Plain = {
  name: 'ci-runner',
  image: 'registry.example.com/ci/runner:17.6',
  ports: [],
  check: { test: ['CMD', 'runner', 'verify'], failing: 0, output: 'is alive' },
  env: ['RUNNER_TOKEN=planted-secret-7'],
};
const FTP: Plain = {
  name: 'legacy-ftp',
  image: 'delfer/alpine-ftp-server:1.4',
  ports: [
    { IP: '0.0.0.0', PrivatePort: 21, PublicPort: 21, Type: 'tcp' },
    { IP: '::', PrivatePort: 21, PublicPort: 21, Type: 'tcp' },
  ],
  check: {
    test: ['CMD-SHELL', 'ftp -n localhost </etc/probe.ftp'],
    failing: 214,
    output: 'ftp: connect: Connection refused\n',
  },
  env: ['USERS=ops|planted-secret-8'],
};

function listPlain({ index }: SimNode): Plain[] {
  return [EXPORTER, ...(index % 2 === 0 ? [RUNNER] : []), ...(index % 3 === 1 ? [FTP] : [])];
}

/** Entries of `GET /containers/json?filters={"is-task":["false"]}`. */
export function listPlainContainers(node: SimNode, nowMs: number, apiVersion: string): object[] {
  return listPlain(node).map((plain) => {
    const status = toStatus(plain);
    const word = status === null ? '' : ` (${status})`;
    return {
      Id: toId(node, plain),
      Names: [`/${plain.name}`],
      Image: plain.image,
      Created: Math.floor((nowMs - 12 * DAY_MS) / 1000),
      Ports: plain.ports,
      Labels: { 'app.token': 'planted-secret-9' },
      State: 'running',
      Status: `Up ${formatAge(12 * DAY_MS)}${word}`,
      ...(isAtLeast(apiVersion, '1.52')
        ? { Health: { Status: status ?? 'none', FailingStreak: plain.check?.failing ?? 0 } }
        : {}),
    };
  });
}

/** `GET /containers/{id}/json` of one of these; `null`: it is none. */
export function inspectPlain(node: SimNode, id: string, nowMs: number): object | null {
  const plain = listPlain(node).find((one) => toId(node, one).startsWith(id));
  if (plain === undefined) return null;
  const { check } = plain;
  const status = toStatus(plain);
  const endMs = Math.floor(nowMs / 30_000) * 30_000;
  const log = [4, 3, 2, 1, 0].map((back) => ({
    Start: formatTime(endMs - back * 30_000 - 40),
    End: formatTime(endMs - back * 30_000),
    ExitCode: check === null || check.failing === 0 ? 0 : 1,
    Output: check?.output ?? '',
  }));
  return {
    Id: toId(node, plain),
    Name: `/${plain.name}`,
    Created: formatTime(nowMs - 12 * DAY_MS),
    Image: `sha256:${toHash(plain.image)}`,
    State: {
      Status: 'running',
      Running: true,
      Paused: false,
      Restarting: false,
      OOMKilled: false,
      Dead: false,
      ExitCode: 0,
      Error: '',
      StartedAt: formatTime(nowMs - 12 * DAY_MS),
      FinishedAt: '0001-01-01T00:00:00Z',
      ...(check === null ? {} : { Health: { Status: status, FailingStreak: check.failing, Log: log } }),
    },
    HostConfig: HOST_CONFIG,
    Config: {
      Image: plain.image,
      Env: plain.env,
      Labels: { 'app.token': 'planted-secret-9' },
      ...(check === null
        ? {}
        : { Healthcheck: { Test: check.test, Interval: 30e9, Timeout: 5e9, Retries: 3 } }),
    },
  };
}

const toId = (node: SimNode, { name }: Plain) => toHash(`${name} on ${node.id}`);

function toStatus({ check }: Plain): string | null {
  if (check === null) return null;
  return check.failing > 0 ? 'unhealthy' : 'healthy';
}
