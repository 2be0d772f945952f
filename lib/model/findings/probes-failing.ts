import type { FailedCheck, FailingProbes, ShellPlace } from '#lib/model/contract/finding-facts.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import { findProbeClue } from '#lib/model/docker/probe-clue.ts';
import { toProbeCause, toProbeResult } from '#lib/model/docker/probe-result.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toProbeEvidenceFacts } from './evidence.ts';

/** Still called healthy, but its last probes failed: how many of how many, and what one more means. */
export function diagnoseFailing({ container, service, node }: ReplicaFacts): Reason | null {
  if (container?.health == null) return null;
  const streak = container.health.failingStreak;
  const last = selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const facts: FailingProbes = {
    service: service.name,
    streak,
    retries: container.healthCheck?.retries ?? streak + 1,
    last: last === undefined ? null : toProbeResult(last),
    shell: findShell({ container, node }),
    clue: last === undefined ? null : findProbeClue(container.healthCheck?.test ?? [], last),
    host: node?.hostname ?? null,
  };
  const evidence = last === undefined ? null : toProbeEvidenceFacts(last);
  return {
    cause: last === undefined ? 'probe-failing' : toProbeCause(toProbeResult(last)),
    facts,
    evidence,
    expected: false,
  };
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
export function diagnoseUnhealthy({ container, service }: ReplicaFacts, stuck: boolean): Reason | null {
  if (container?.health == null) return null;
  const { failingStreak } = container.health;
  const last = selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const facts: FailedCheck = {
    service: service.name,
    streak: failingStreak,
    retries: container.healthCheck?.retries ?? failingStreak,
    last: last === undefined ? null : toProbeResult(last),
    restarts: service.restart.condition !== 'none',
  };
  const evidence = last === undefined ? null : toProbeEvidenceFacts(last);
  return { cause: stuck ? 'unhealthy-stuck' : 'unhealthy', facts, evidence, expected: false };
}
