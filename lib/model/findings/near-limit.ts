import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Reason, ReasonCause } from '#lib/model/contract/reason.ts';
import { toProbeCause } from '#lib/model/docker/probe-result.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';

/** A reason that has a beginning of its own. */
export interface NearLimit {
  reason: Reason;
  sinceMs: number;
}

/**
 * What the use of a replica's container says: near a limit, or held back by one. Notices all: Docker takes it for what it
 * was, it works, and a limit that is used well is what some want. What follows (failing probes, an end) is the problem.
 */
export function findNearLimits(
  { usageSigns: { memory, throttled, pids }, service, container, engine }: ReplicaFacts,
  failing: Reason | null,
): NearLimit[] {
  if (container?.state !== 'running' || engine?.state !== 'live') return [];
  const found: NearLimit[] = [];
  const { name } = service;
  const add = (sinceMs: number, reason: Omit<Reason, 'evidence' | 'expected'>) =>
    found.push({ sinceMs, reason: { ...reason, evidence: null, expected: true } as Reason });
  if (memory !== null) {
    const { percent, maxBytes, fullInMs } = memory;
    add(memory.sinceMs, {
      cause: 'memory-near-limit',
      facts: { service: name, percent, maxBytes, fullInMs },
    });
  }
  if (throttled !== null) {
    const { percent, maxCores } = throttled;
    const hurts = failing?.cause === 'probe-timeout';
    add(throttled.sinceMs, { cause: 'cpu-throttled', facts: { service: name, percent, maxCores, hurts } });
  }
  if (pids !== null) {
    const { percent, max } = pids;
    add(pids.sinceMs, { cause: 'pids-near-limit', facts: { service: name, percent, max } });
  }
  return found;
}

/**
 * What explains that its probes fail: they time out and it is held back, or the engine or the probe itself can start no process and
 * it is at its limit of them. `null`: its use does not.
 */
export function findLimitRoot(facts: ReplicaFacts, key: string, failing: Reason): FindingRef | null {
  const subject = { kind: 'replica', serviceId: facts.service.id, key } as const;
  const { throttled, pids } = facts.usageSigns;
  const cause = toProblem(failing);
  if (cause === 'probe-timeout' && throttled !== null) return { cause: 'cpu-throttled', subject };
  const isOutOfThem =
    cause === 'probe-engine' || ('clue' in failing.facts && failing.facts.clue?.kind === 'no-process');
  if (isOutOfThem && pids !== null) return { cause: 'pids-near-limit', subject };
  return null;
}

/** Probes that pass now and then fail for the same as those that never do. */
function toProblem(failing: Reason): ReasonCause {
  if (failing.cause !== 'probes-flapping' || failing.facts.last === null) return failing.cause;
  return toProbeCause(failing.facts.last);
}
