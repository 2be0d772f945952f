import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { findProbeGap } from './late.ts';

/** What tells a container whose runtime hangs from a host that is too busy. */
export interface RuntimeFacts {
  engineOf: (nodeId: string) => Source | null;
  /** Did the engine of this node run a probe of another container than this one that ended after this moment, our clock? */
  hasProbedSince: (nodeId: string, sinceMs: number, containerId: string) => boolean;
}

/**
 * Since when probes of a container cannot even begin, or do not come back though Docker ends each at its timeout, while its
 * engine runs those of others: the runtime of this one container (containerd-shim) hangs. Our clock; `null`: not so. Engines
 * from 24 on wait for 30 s for a probe to start (moby daemon/health.go, cmdProbe.run), older ones give up at its timeout.
 */
export function findRuntimeHang(container: Container, facts: RuntimeFacts): number | null {
  const { id, nodeId, state, unread } = container;
  if (state !== 'running' || unread !== null || facts.engineOf(nodeId)?.state !== 'live') return null;
  const hang = findStuckStart(container) ?? findStuckProbe(container);
  return hang !== null && facts.hasProbedSince(nodeId, hang.dueMs, id) ? hang.sinceMs : null;
}

/** `dueMs`: from then on it should have ended. */
interface Hang {
  sinceMs: number;
  dueMs: number;
}

function findStuckStart(container: Container): Hang | null {
  const last = selectRunProbes(container).at(-1);
  if (last === undefined || toProbeResult(last).kind !== 'start-timeout') return null;
  return { sinceMs: last.startedAtMs, dueMs: last.startedAtMs + (container.healthCheck?.timeoutMs ?? 0) };
}

function findStuckProbe(container: Container): Hang | null {
  const gap = findProbeGap(container);
  return gap === null ? null : { sinceMs: gap.sinceMs, dueMs: gap.lateAtMs };
}
