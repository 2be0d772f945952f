import type { Found } from '#lib/model/contract/found.ts';
import type { PublishedPort, Service } from '#lib/model/docker/service.ts';
import { AGE_LIMITS_MS } from '#lib/model/status/age-limits.ts';
import { findNextAge, toCoarseAge } from '#lib/model/text/describe-age.ts';

const MAX_NAMES = 3;

/**
 * Ports that a service's spec publishes and that Swarm has not given it: its allocator does so within a second of a change,
 * before it makes a task (swarmkit manager/allocator), and one that fails only writes into the log (moby/moby#35380).
 *
 * @param sinceMs our clock, since when it lacks some; `null`: none
 */
export function findUngivenPorts(
  service: Service,
  sinceMs: number | null,
  nowMs: number,
): { found: Found<'service'> | null; recheckAtMs: number | null } {
  const { name, ungivenPorts } = service;
  if (ungivenPorts.length === 0 || sinceMs === null) return { found: null, recheckAtMs: null };
  const lateAtMs = sinceMs + AGE_LIMITS_MS.unmade;
  if (nowMs < lateAtMs) return { found: null, recheckAtMs: lateAtMs };
  const ports = ungivenPorts.slice(0, MAX_NAMES).map(namePort);
  const facts = { service: name, ports, count: ungivenPorts.length, ageMs: toCoarseAge(nowMs - sinceMs) };
  return {
    found: { cause: 'ports-ungiven', level: 'problem', facts, evidence: null, sinceMs, because: null },
    recheckAtMs: findNextAge(sinceMs, nowMs),
  };
}

/** Where Swarm is to choose the number, by that inside. */
const namePort = ({ published, target }: PublishedPort): string =>
  published === null ? `${target} in it` : String(published);
