import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import { NO_ROOT_SIGNS, ROOT_KINDS, type RootKind, type RootSign } from '#lib/model/contract/node-sign.ts';
import type { NodeRootCause, NodeRootFacts, Suffering } from '#lib/model/contract/root-facts.ts';

/** So many services on one node that show the same are no coincidence: then it is the node's. */
const MIN_SERVICES = 2;
/** Probes fail for many reasons of their own: of them it takes more, and at the same moment. */
const MIN_SERVICES_OF_BURST = 3;
/** At the same moment. */
export const BURST_MS = 10_000;

const MAX_NAMES = 3;

/** Something of a node, and the signs that it explains. */
export interface FoundRoot {
  kind: RootKind;
  signs: readonly RootSign[];
}

const ROOT_CAUSES: Readonly<Record<RootKind, NodeRootCause>> = {
  disk: 'node-disk',
  limit: 'node-limit',
  runtime: 'node-runtime',
  'name-server': 'node-name-server',
  'log-server': 'node-log-server',
  'volume-server': 'node-volume-server',
  'log-driver': 'node-log-driver',
  network: 'node-network',
  registry: 'node-registry',
  probes: 'node-probes',
  kills: 'node-kills',
};

/** What other nodes show at the same time. */
export interface Elsewhere {
  /** Does the sign's service show the same within `BURST_MS` on another node? */
  has(sign: RootSign): boolean;
  /** How many other services began to fail their probes on other nodes than this one in this span; no more than `max`. */
  countServices(span: { nodeId: string; fromMs: number; untilMs: number; max: number }): number;
}

/**
 * What one node has that several services on it suffer from, of all signs on it: at most one of each cause, the one from
 * which most suffer.
 */
export function findNodeRoots(signs: readonly RootSign[], elsewhere: Elsewhere): FoundRoot[] {
  // Most nodes have nothing to show, and one service alone shows nothing.
  if (countServices(signs) < MIN_SERVICES) return [];
  return ROOT_KINDS.flatMap((kind) => {
    const ofKind = signs.filter((sign) => sign.kind === kind);
    const suffering =
      kind === 'probes'
        ? findOwnBurst(ofKind, elsewhere)
        : kind === 'kills'
          ? findBurst(ofKind)
          : findMost(ofKind);
    return suffering.length === 0 ? [] : [{ kind, signs: suffering }];
  });
}

/**
 * Bursts that no other node has at the same time: where services on others fail with them, all may hang on one database,
 * network or name server, and no node is at fault.
 */
function findOwnBurst(signs: readonly RootSign[], elsewhere: Elsewhere): readonly RootSign[] {
  const found = splitByTime(findBurst(signs.filter((sign) => !elsewhere.has(sign))))
    .filter((burst) => isOwnBurst(burst, elsewhere))
    .flat();
  return found.length === 0 ? NO_ROOT_SIGNS : found;
}

/** @param burst in the order of time */
function isOwnBurst(burst: readonly RootSign[], elsewhere: Elsewhere): boolean {
  const [first] = burst;
  if (first === undefined) return false;
  // A service that fails elsewhere by chance hides no burst of many.
  const tooMany = Math.ceil(countServices(burst) / MIN_SERVICES_OF_BURST);
  const span = {
    nodeId: first.nodeId,
    fromMs: first.sinceMs - BURST_MS,
    untilMs: (burst.at(-1) ?? first).sinceMs + BURST_MS,
  };
  return elsewhere.countServices({ ...span, max: tooMany }) < tooMany;
}

/** @param signs in the order of time */
function splitByTime(signs: readonly RootSign[]): RootSign[][] {
  const parts: RootSign[][] = [];
  let beforeMs = Number.NEGATIVE_INFINITY;
  for (const sign of signs) {
    if (sign.sinceMs - beforeMs > BURST_MS) parts.push([]);
    parts.at(-1)?.push(sign);
    beforeMs = sign.sinceMs;
  }
  return parts;
}

/** So few services on one node show no burst, whatever others show. */
export function mayHaveBurst(signs: readonly RootSign[]): boolean {
  return countServices(signs.filter(({ kind }) => kind === 'probes')) >= MIN_SERVICES_OF_BURST;
}

/** Those of one object, from which most services suffer. */
function findMost(signs: readonly RootSign[]): readonly RootSign[] {
  let most = NO_ROOT_SIGNS;
  for (const object of new Set(signs.map((sign) => toGroup(sign)))) {
    const group = signs.filter((sign) => toGroup(sign) === object);
    if (countServices(group) >= Math.max(MIN_SERVICES, countServices(most) + 1)) most = group;
  }
  return most;
}

/** A disk that is full and one that does not work are one disk. */
function toGroup({ kind, object }: RootSign): string | null {
  return kind === 'disk' ? null : object;
}

/** All that began to fail within one span of `BURST_MS` with those of enough other services. */
function findBurst(signs: readonly RootSign[]): readonly RootSign[] {
  if (countServices(signs) < MIN_SERVICES_OF_BURST) return NO_ROOT_SIGNS;
  const byTime = signs.toSorted((a, b) => a.sinceMs - b.sinceMs);
  const found: RootSign[] = [];
  const inSpan = new Map<string, number>();
  let start = 0;
  let taken = 0;
  for (const [end, { serviceId, sinceMs }] of byTime.entries()) {
    inSpan.set(serviceId, (inSpan.get(serviceId) ?? 0) + 1);
    for (let first = byTime[start]; first && sinceMs - first.sinceMs > BURST_MS; first = byTime[start]) {
      const left = (inSpan.get(first.serviceId) ?? 1) - 1;
      if (left === 0) inSpan.delete(first.serviceId);
      else inSpan.set(first.serviceId, left);
      start += 1;
    }
    if (inSpan.size < MIN_SERVICES_OF_BURST) continue;
    found.push(...byTime.slice(Math.max(start, taken), end + 1));
    taken = end + 1;
  }
  return found.length === 0 ? NO_ROOT_SIGNS : found;
}

/** The node's finding, without words. */
export function toNodeRoot({ kind, signs }: FoundRoot, host: string): Found<'node'> {
  const names = [...new Set(signs.map(({ serviceName }) => serviceName))].sort();
  const cannot = new Set(signs.map((sign) => sign.cannot));
  const suffering: Suffering = {
    host,
    services: { count: countServices(signs), names: names.slice(0, MAX_NAMES) },
    cannot: cannot.size > 1 ? 'both' : cannot.has('start') ? 'start' : 'be-probed',
  };
  const text = signs.find(({ words }) => words !== null)?.words ?? null;
  const around = {
    level: 'problem' as const,
    evidence: text === null ? null : { from: { kind: 'docker' as const }, text },
    sinceMs: Math.min(...signs.map(({ sinceMs }) => sinceMs)),
    because: null,
  };
  const object = signs.find((sign) => sign.object !== null)?.object ?? null;
  switch (kind) {
    case 'disk': {
      const what = signs.some((sign) => sign.object === 'broken')
        ? 'broken'
        : object === 'full'
          ? 'full'
          : null;
      return { cause: 'node-disk', facts: { ...suffering, what }, ...around };
    }
    case 'limit':
      return { cause: 'node-limit', facts: { ...suffering, what: toLimit(object) }, ...around };
    case 'runtime':
      return { cause: 'node-runtime', facts: suffering, ...around };
    case 'name-server':
      return { cause: 'node-name-server', facts: { ...suffering, server: object ?? '' }, ...around };
    case 'log-server':
      return { cause: 'node-log-server', facts: { ...suffering, server: object ?? '' }, ...around };
    case 'volume-server':
      return { cause: 'node-volume-server', facts: { ...suffering, server: object ?? '' }, ...around };
    case 'log-driver':
      return { cause: 'node-log-driver', facts: { ...suffering, driver: object ?? '' }, ...around };
    case 'network':
      return { cause: 'node-network', facts: { ...suffering, what: toNetworkFault(object) }, ...around };
    case 'registry':
      return { cause: 'node-registry', facts: { ...suffering, registry: object ?? '' }, ...around };
    case 'probes': {
      const timedOut = toShare(signs.filter((sign) => sign.timedOut).length, signs.length);
      return { cause: 'node-probes', facts: { ...suffering, withinMs: BURST_MS, timedOut }, ...around };
    }
    case 'kills':
      return { cause: 'node-kills', facts: { ...suffering, withinMs: BURST_MS }, ...around };
  }
}

/** What a kernel can be out of. */
export const NODE_LIMITS = [
  'control-groups',
  'cpuset',
  'kernel-keys',
  'mounts',
  'namespaces',
  'inotify',
  'processes',
  'open-files',
  'memory',
] as const satisfies readonly NodeRootFacts['node-limit']['what'][];

function toLimit(object: string | null): NodeRootFacts['node-limit']['what'] {
  return NODE_LIMITS.find((one) => one === object) ?? 'memory';
}

/** What keeps an engine from any network of its kind, whichever service asks for it. */
export const NETWORK_FAULTS = [
  'firewall',
  'firewall-held',
  'firewall-denied',
  'firewall-table',
  'ipv6-off',
  'kernel-module',
  'subnets-used-up',
  'vxlan-left',
  'vxlan-port',
  'bridge-full',
] as const satisfies readonly NodeRootFacts['node-network']['what'][];

function toNetworkFault(object: string | null): NodeRootFacts['node-network']['what'] {
  return NETWORK_FAULTS.find((one) => one === object) ?? 'firewall';
}

function toShare(count: number, of: number): NodeRootFacts['node-probes']['timedOut'] {
  if (count === 0) return 'none';
  if (count === of) return 'all';
  return count * 2 > of ? 'most' : 'some';
}

function countServices(signs: readonly RootSign[]): number {
  return new Set(signs.map(({ serviceId }) => serviceId)).size;
}

/** The node's finding that explains what has a sign of this kind. */
export function toRootRef(kind: RootKind, nodeId: string): FindingRef {
  return { cause: ROOT_CAUSES[kind], subject: { kind: 'node', nodeId } };
}
