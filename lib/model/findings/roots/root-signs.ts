import type { EndReason, ImageFault } from '#lib/model/contract/finding-facts.ts';
import type { RootSign } from '#lib/model/contract/node-sign.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';
import type { ErrorReason } from '#lib/model/docker/docker-error.ts';
import { toRegistry } from '#lib/model/docker/image-registry.ts';
import type { EngineProblem, ProbeResult } from '#lib/model/docker/probe-result.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { findBadEnds } from '#lib/model/status/bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';
import { NETWORK_FAULTS } from './node-roots.ts';

/** A probe that fails once, now and then, is any service's: from here on it is a failure. */
const MIN_STREAK = 2;

/** What a problem is a sign of, without where and whose it is. */
type Sign = Pick<RootSign, 'kind' | 'object' | 'cannot' | 'words' | 'sinceMs' | 'timedOut'> & {
  nodeId: string | null;
};

/**
 * Of what the problem of one replica may be a sign: something of its node that others there suffer from too. `null` for
 * what is its own, as a limit that its service sets, an exit code or a command that is not in its image.
 */
export function findRootSign(facts: ReplicaFacts, key: string, reason: Reason | null): RootSign | null {
  const sign = reason === null ? null : toSign(facts, reason);
  if (sign === null || sign.nodeId === null) return null;
  const { id: serviceId, name: serviceName } = facts.service;
  const sinceMs = Math.min(sign.sinceMs, facts.nowMs);
  return { ...sign, nodeId: sign.nodeId, serviceId, serviceName, key, sinceMs };
}

function toSign(facts: ReplicaFacts, reason: Reason): Sign | null {
  const { service, task, container } = facts;
  switch (reason.cause) {
    case 'probe-failing':
    case 'probe-timeout':
      // A single failure is a sign of nothing yet, unless the engine could not even begin it.
      if (reason.facts.streak < MIN_STREAK && reason.facts.last?.kind !== 'start-timeout') return null;
      return toProbeSign(reason.facts.last, { service, container, nodeId: task?.nodeId ?? null });
    case 'probe-engine':
    case 'unhealthy':
    case 'unhealthy-stuck':
      return toProbeSign(reason.facts.last, { service, container, nodeId: task?.nodeId ?? null });
    case 'probes-flapping':
      return toFlappingSign(facts, reason.facts.last);
    case 'probe-overdue':
      return toOverdueSign(container, task?.nodeId ?? null);
    case 'crash-loop':
      return reason.facts.now === 'up' ? null : toEndSign(facts, reason.facts.last);
    case 'starting-again':
    case 'gave-up':
      return toEndSign(facts, reason.facts.last);
    case 'disk-full':
    case 'host-limit':
    case 'runtime-failed':
    case 'log-driver':
    case 'mount-missing':
    case 'network-failed':
    case 'image-missing':
    case 'killed-for-health':
    case 'exit-code':
      return toEndSign(facts, reason);
    default:
      return null;
  }
}

/** The end that led to where the replica is now, on the node where it happened. */
function toEndSign(facts: ReplicaFacts, last: EndReason): Sign | null {
  const [end] = findBadEnds(facts);
  if (end === undefined) return null;
  const { service, task, container } = end;
  if (last.cause === 'killed-for-health') {
    const sign = toProbeSign(last.facts.last, { service, container, nodeId: task.nodeId });
    // What never passed did not begin to fail.
    return sign?.kind === 'probes' && last.facts.never ? null : sign;
  }
  const text = task.error ?? container?.error ?? null;
  const found = toFault(last, service, text);
  if (found === null) return null;
  const words = text === null || text === '' ? null : toEvidenceText(text);
  const sinceMs = task.stateAtMs ?? task.createdAtMs ?? facts.nowMs;
  return { ...found, nodeId: task.nodeId, cannot: 'start', words, sinceMs, timedOut: false };
}

function toFault(
  last: EndReason,
  service: Service,
  text: string | null,
): Pick<Sign, 'kind' | 'object'> | null {
  switch (last.cause) {
    case 'disk-full':
      return { kind: 'disk', object: last.facts.error.kind === 'disk-broken' ? 'broken' : 'full' };
    case 'host-limit':
      return toLimit(last.facts.error.kind, service);
    case 'runtime-failed':
      return { kind: 'runtime', object: null };
    case 'log-driver': {
      const nameServer = toNameServer(text);
      if (nameServer !== null) return nameServer;
      const { with: server, object: driver } = last.facts.error;
      if (server !== null) return { kind: 'log-server', object: server };
      const isMissing = driver !== null && MISSING_DRIVER.test(text ?? '');
      return isMissing ? { kind: 'log-driver', object: driver } : null;
    }
    case 'mount-missing': {
      const nameServer = toNameServer(text);
      if (nameServer !== null) return nameServer;
      const { kind, with: server, reason } = last.facts.error;
      const isFar = kind === 'volume-server' && reason !== null && NOT_REACHED.has(reason);
      return isFar && server !== null ? { kind: 'volume-server', object: server } : null;
    }
    case 'network-failed': {
      const object = NETWORK_FAULTS.find((one) => one === last.facts.error.kind);
      return object === undefined ? null : { kind: 'network', object };
    }
    case 'image-missing': {
      const { image, why } = last.facts;
      // An image whose name has no registry and no owner may have been made on a node, and pulled by nobody.
      const mayBeLocal = why === 'not-pulled' && !image.includes('/');
      return NOT_PULLED.has(why) && !mayBeLocal ? { kind: 'registry', object: toRegistry(image) } : null;
    }
    case 'exit-code': {
      // Its own limit of memory would have been reported (`out-of-memory`), and so would a kill for its health.
      const isKilled = last.facts.exitCode === KILLED && last.facts.oomBeforeMs === null;
      return isKilled ? { kind: 'kills', object: null } : null;
    }
    default:
      return null;
  }
}

/** By SIGKILL. */
const KILLED = 137;

/** Go's net: the server that was asked for a name did not answer, which says nothing of the name. */
const NAME_SERVER =
  /\blookup \S{1,255} on (?<server>\S{1,64}:\d{1,5}): (?:(?:read|write|dial) (?:udp|tcp)\b|server misbehaving)/i;

function toNameServer(text: string | null): Pick<Sign, 'kind' | 'object'> | null {
  const server = NAME_SERVER.exec(text ?? '')?.groups?.server;
  return server === undefined ? null : { kind: 'name-server', object: server };
}

/** What it refuses, or has not, may be one service's own volume. */
const NOT_REACHED: ReadonlySet<ErrorReason> = new Set([
  'connection-refused',
  'no-route',
  'network-unreachable',
  'unknown-name',
  'no-answer-to-names',
  'timed-out',
  'host-down',
]);

/** A tag that the registry does not know, or an image that is damaged, is one image's own. */
const NOT_PULLED: ReadonlySet<ImageFault> = new Set([
  'not-pulled',
  'registry-unreachable',
  'registry-error',
  'registry-untrusted',
  'rate-limit',
  'login-refused',
]);

/** The node has no such driver; any other fault of a driver without a server may be an option of the service's own. */
const MISSING_DRIVER = /error looking up logging plugin|no log driver named/i;

/** What a service may use is its own limit, where it sets one. */
function toLimit(what: string, { limits }: Service): Pick<Sign, 'kind' | 'object'> | null {
  const isOwn =
    (what === 'processes' && limits.pids !== null) || (what === 'memory' && limits.memoryBytes !== null);
  return isOwn ? null : { kind: 'limit', object: what };
}

function toProbeSign(
  last: ProbeResult | null,
  { service, container, nodeId }: { service: Service; container: Container | null; nodeId: string | null },
): Sign | null {
  const sinceMs = container === null ? null : findStreakStart(container);
  if (last === null || sinceMs === null) return null;
  const around = { nodeId, cannot: 'be-probed' as const, words: null, sinceMs, timedOut: false };
  if (last.kind === 'engine') {
    const found = toEngineSign(last.why, service);
    return found && { ...around, ...found };
  }
  // A command that is not there, or cannot be run, is the check's own.
  if (last.kind === 'not-run' || (last.kind === 'exit' && (last.exitCode === 126 || last.exitCode === 127)))
    return null;
  return { ...around, kind: 'probes', object: null, timedOut: last.kind !== 'exit' };
}

/**
 * Probes that time out in turns: on a host that has too much to do some come through. Since the first of those that are counted.
 * Those that end with a code in turns are their service's own.
 */
function toFlappingSign({ task, tally }: ReplicaFacts, last: ProbeResult | null): Sign | null {
  const [first] = tally.failures;
  if (first === undefined || (last?.kind !== 'timeout' && last?.kind !== 'start-timeout')) return null;
  const around = { kind: 'probes', object: null, cannot: 'be-probed', words: null, timedOut: true } as const;
  return { ...around, nodeId: task?.nodeId ?? null, sinceMs: first.startedAtMs };
}

/** A probe that does not come back within its timeout, and that the engine does not end either: since when it was due. */
function toOverdueSign(container: Container | null, nodeId: string | null): Sign | null {
  const last = container === null ? undefined : selectRunProbes(container).at(-1);
  if (last === undefined) return null;
  const sinceMs = last.startedAtMs + last.durationMs + (container?.healthCheck?.intervalMs ?? 0);
  return { kind: 'probes', object: null, nodeId, cannot: 'be-probed', words: null, sinceMs, timedOut: true };
}

function toEngineSign(why: EngineProblem, service: Service): Pick<Sign, 'kind' | 'object'> | null {
  switch (why) {
    case 'disk':
      return { kind: 'disk', object: null };
    case 'processes':
    case 'memory':
    case 'open-files':
    case 'control-groups':
      return toLimit(why, service);
    default:
      return { kind: 'runtime', object: null };
  }
}

/** When the first failing probe of the streak began: where the log goes back no further, by the pace of its probes. */
function findStreakStart(container: Container): number | null {
  const { health, healthCheck } = container;
  const probes = selectRunProbes(container);
  const last = probes.at(-1);
  if (health === null || last === undefined || health.failingStreak === 0) return null;
  const first = probes[Math.max(0, probes.length - health.failingStreak)] ?? last;
  const unseen = Math.max(0, health.failingStreak - probes.length);
  return first.startedAtMs - unseen * ((healthCheck?.intervalMs ?? 0) + last.durationMs);
}
