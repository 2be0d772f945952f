import type { FailedCheck, FailingProbes, ShellPlace } from '#lib/model/contract/finding-facts.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { findProbeClue } from '#lib/model/docker/probe-clue.ts';
import { type ProbeResult, toProbeCause, toProbeResult } from '#lib/model/docker/probe-result.ts';
import { findFlapping } from '#lib/model/status/probe-tally.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toProbeEvidenceFacts } from './evidence.ts';

/** Still called healthy, but its last probes failed: how many of how many, and what one more means. */
export function diagnoseFailing(all: ReplicaFacts): Reason | null {
  const { container, service, node } = all;
  if (container?.health == null) return null;
  const streak = container.health.failingStreak;
  const last = selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const facts: FailingProbes = {
    service: service.name,
    streak,
    retries: container.healthCheck?.retries ?? streak + 1,
    last: last === undefined ? null : toResult(all, last),
    shell: findShell({ container, node }),
    clue: last === undefined ? null : findProbeClue(container.healthCheck?.test ?? [], last),
    host: node?.hostname ?? null,
    isForGood: service.restart.condition === 'none',
  };
  const evidence = last === undefined ? null : toProbeEvidenceFacts(last);
  return {
    cause: last === undefined ? 'probe-failing' : toProbeCause(toProbeResult(last)),
    facts,
    evidence,
    // One that could not even begin for 30 s is no blip.
    expected: facts.last?.kind !== 'start-timeout' && !isOverLine(all, facts.streak, facts.retries),
  };
}

/**
 * One probe of a thousand replicas fails at any moment, which is nothing to act on. It is a problem from the line of the
 * service, or of the server, and at the latest from the last failure that Docker allows; or where half of the replicas fail at once.
 */
function isOverLine(
  { service, probeLine, manyFail }: ReplicaFacts,
  streak: number,
  retries: number,
): boolean {
  const inRow = service.probeLine.inRow ?? probeLine.inRow;
  return manyFail || streak >= Math.min(inRow, retries - 1);
}

/** Too many of its last probes failed, whether or not the newest did: a finding of its own. `null`: not so. */
export function diagnoseFlapping(all: ReplicaFacts): { reason: Reason; sinceMs: number } | null {
  const { container, service, node, engine, tally, probeLine, wasFlapping } = all;
  if (container?.health == null || engine?.state !== 'live') return null;
  const { flapping: line = probeLine.flapping } = service.probeLine;
  const found = findFlapping(tally, line, wasFlapping);
  if (found === null) return null;
  const { failed, of, inRow, sinceMs, lastFailed: last } = found;
  const reason: Reason = {
    cause: 'probes-flapping',
    facts: {
      service: service.name,
      failed,
      of,
      inRow,
      last: last === null ? null : toResult(all, last),
      shell: findShell({ container, node }),
      clue: last === null ? null : findProbeClue(container.healthCheck?.test ?? [], last),
      host: node?.hostname ?? null,
    },
    evidence: last === null ? null : toProbeEvidenceFacts(last),
    expected: false,
  };
  return { reason, sinceMs };
}

/** A check that runs in a shell proves that the image has one. */
export function findShell({ container, node }: Pick<ReplicaFacts, 'container' | 'node'>): ShellPlace | null {
  if (container === null || node === null || container.healthCheck?.test[0] !== 'CMD-SHELL') return null;
  // There it is cmd.
  if (node.os === 'windows') return null;
  return { container: container.id.slice(0, 12), host: node.hostname };
}

/**
 * Unhealthy and not yet gone. Swarm acts on the event alone and has no second chance: once missed, it never acts
 * (moby executor/container/controller.go, checkHealth).
 */
export function diagnoseUnhealthy(all: ReplicaFacts, stuck: boolean): Reason | null {
  const { container, service, node } = all;
  if (container?.health == null) return null;
  const { failingStreak } = container.health;
  const last = selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const facts: FailedCheck = {
    service: service.name,
    streak: failingStreak,
    retries: container.healthCheck?.retries ?? failingStreak,
    last: last === undefined ? null : toResult(all, last),
    host: node?.hostname ?? null,
    restarts: service.restart.condition !== 'none',
  };
  const evidence = last === undefined ? null : toProbeEvidenceFacts(last);
  return { cause: stuck ? 'unhealthy-stuck' : 'unhealthy', facts, evidence, expected: false };
}

/** Where it is at its limit of processes, a runtime that cannot run the probe has none left (runc: `procReady not received`). */
function toResult({ usageSigns }: ReplicaFacts, probe: Probe): ProbeResult {
  const result = toProbeResult(probe);
  const isOpen = result.kind === 'engine' && (result.why === null || result.why === 'runtime');
  return isOpen && usageSigns.pids !== null ? { kind: 'engine', why: 'processes' } : result;
}
