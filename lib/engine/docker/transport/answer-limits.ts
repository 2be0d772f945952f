import type { DockerPath } from './paths.ts';

/** What one answer may be. Beyond any of it, it is not Docker that answers. */
export interface AnswerLimits {
  /** Of the whole body, unpacked. */
  maxBytes: number;
  /** Of a list. */
  maxEntries: number;
  /** Of one object: the whole answer, or one entry of a list. */
  maxObjectBytes: number;
  /** Values and names in one object: what it costs to parse grows with them (up to 0.6 µs each), not with its bytes. */
  maxElements: number;
  /** What Docker sends, for people. */
  usual: string;
}

const kB = 1_000;
const MB = 1_000_000;

/** Docker's deepest object, a service with both its specs, is 9 deep; with labels of JSON it is no deeper. */
export const MAX_DEPTH = 32;

/**
 * A few kB of gzip may become a thousand times as much. Docker's lists, which repeat themselves, become 10 to 40 times
 * as much: a body beyond the first MB that became more than this is no list of Docker's.
 */
export const MAX_ZIP_RATIO = 200;
export const ZIP_RATIO_FROM_BYTES = MB;

const ONE = { maxEntries: 1 };

/** The largest object that Swarm's store takes is 1.5 MB (swarmkit `manager/state/store`), and JSON may escape it. */
const SWARM_OBJECT = { maxObjectBytes: 4 * MB, maxElements: 50_000 };

const LIMITS = {
  /** `OK` */
  ping: { ...ONE, maxBytes: kB, maxObjectBytes: kB, maxElements: 100, usual: '2 bytes' },
  /** A version for each of the engine's parts. */
  version: { ...ONE, maxBytes: 64 * kB, maxObjectBytes: 64 * kB, maxElements: 2_000, usual: '1 kB' },
  /** Labels, plugins, warnings, all managers, the swarm's certificate. */
  info: { ...ONE, maxBytes: MB, maxObjectBytes: MB, maxElements: 20_000, usual: '5 kB' },
  /** 2 to 4 kB a node, most of it plugins and a certificate. */
  nodes: {
    maxBytes: 32 * MB,
    maxEntries: 10_000,
    maxObjectBytes: MB,
    maxElements: 20_000,
    usual: '3 kB a node',
  },
  /** Two specs a service. One that publishes 10,000 ports, as for telephony, has each three or four times. */
  services: {
    maxBytes: 128 * MB,
    maxEntries: 20_000,
    ...SWARM_OBJECT,
    maxElements: 500_000,
    usual: '5 kB a service',
  },
  /** Four or five tasks a slot, with a spec each: 150 MB at 100,000. */
  tasks: { maxBytes: 400 * MB, maxEntries: 200_000, ...SWARM_OBJECT, usual: '2 kB a task' },
  /** An engine runs hundreds of containers, and Swarm leaves four dead ones of each slot. Each has its labels here. */
  containers: {
    maxBytes: 16 * MB,
    maxEntries: 10_000,
    maxObjectBytes: 2 * MB,
    maxElements: 20_000,
    usual: '1 kB a container',
  },
  /** Without who is on it, which only one network asked for alone has. */
  networks: {
    maxBytes: 16 * MB,
    maxEntries: 10_000,
    maxObjectBytes: MB,
    maxElements: 20_000,
    usual: '1 kB a network',
  },
  /** Environment, labels and mounts, and five probes with 4 kB of output each. */
  inspect: { ...ONE, maxBytes: 4 * MB, maxObjectBytes: 4 * MB, maxElements: 20_000, usual: '10 kB' },
  /** Counters: of each core, each network, each block device. */
  stats: { ...ONE, maxBytes: 256 * kB, maxObjectBytes: 256 * kB, maxElements: 10_000, usual: '3 kB' },
  /** The ingress network with who is in it and what its services publish: a quarter of a kB for each task behind a port. */
  mesh: { ...ONE, maxBytes: 4 * MB, maxObjectBytes: 4 * MB, maxElements: 150_000, usual: '10 kB' },
  /** What a few ports gave to an agent. */
  seen: { ...ONE, maxBytes: 16 * kB, maxObjectBytes: 16 * kB, maxElements: 200, usual: '500 bytes' },
  /** An error is a sentence; of a proxy it is a page. */
  error: { ...ONE, maxBytes: 64 * kB, maxObjectBytes: 64 * kB, maxElements: 1_000, usual: 'one sentence' },
} as const satisfies Record<string, AnswerLimits>;

export type AnswerKind = keyof typeof LIMITS;

/** The limits of what a path is answered with. Streams have their own: a line of events, a line of a log. */
export function toAnswerKind(path: DockerPath): AnswerKind {
  switch (path) {
    case '/_ping':
      return 'ping';
    case '/version':
      return 'version';
    case '/info':
      return 'info';
    case '/nodes':
      return 'nodes';
    case '/services':
      return 'services';
    case '/tasks':
      return 'tasks';
    case '/networks':
      return 'networks';
    case '/vitals/ports':
      return 'seen';
    case '/containers/json':
      return 'containers';
    default:
      return path.endsWith('/stats') ? 'stats' : 'inspect';
  }
}

export function findAnswerLimits(kind: AnswerKind): AnswerLimits {
  return LIMITS[kind];
}

/** `16 MB`, `64 kB`: these limits are round numbers. */
export function formatLimit(bytes: number): string {
  return bytes >= MB ? `${Math.round(bytes / MB)} MB` : `${Math.round(bytes / kB)} kB`;
}
