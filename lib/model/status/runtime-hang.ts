import { type Container, findLastRunProbe } from '#lib/model/docker/container.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { findProbeGap } from './late.ts';

/** What tells a container whose runtime hangs from a host that is too busy. */
export interface RuntimeFacts {
  engineOf: (nodeId: string) => Source | null;
  /** Did the engine of this node run a probe of another container than this one that ended after this moment, our clock? */
  hasProbedSince: (nodeId: string, sinceMs: number, containerId: string) => boolean;
  /** Since when its engine does not say what this container uses, though it answers all else; `null`: it does. */
  silentSince: (container: Container) => number | null;
}

export interface RuntimeHang {
  /** Our clock. */
  sinceMs: number;
  /** What shows it: probes of others there come back, or its engine cannot tell what it uses. */
  shownBy: 'probes' | 'usage';
}

/**
 * Do probes of a container not come back, or cannot even begin, while its engine does all else? Then the runtime of this one
 * container (containerd-shim) hangs. Engines from 24 on wait for 30 s for a probe to start (moby daemon/health.go,
 * cmdProbe.run), older ones give up at its timeout. Two things tell it from a host that is too busy: probes of others there
 * come back; or the engine is asked what this container uses, which its shim has to answer (moby daemon/stats.go; containerd
 * `task.Metrics`), and does not answer several times. `null`: not so.
 */
export function findRuntimeHang(container: Container, facts: RuntimeFacts): RuntimeHang | null {
  const { id, nodeId, state, unread } = container;
  if (state !== 'running' || unread !== null || facts.engineOf(nodeId)?.state !== 'live') return null;
  const hang = findStuckStart(container) ?? findStuckProbe(container);
  if (hang !== null && facts.hasProbedSince(nodeId, hang.dueMs, id))
    return { sinceMs: hang.sinceMs, shownBy: 'probes' };
  const late = hang ?? findTimeout(container);
  const silentMs = late === null ? null : facts.silentSince(container);
  return late === null || silentMs === null
    ? null
    : { sinceMs: Math.min(late.sinceMs, silentMs), shownBy: 'usage' };
}

/** `dueMs`: from then on it should have ended. */
interface Hang {
  sinceMs: number;
  dueMs: number;
}

function findStuckStart(container: Container): Hang | null {
  return findLast(container, 'start-timeout');
}

/** A program that is slow shows as this, too: by itself it says nothing of the runtime. */
function findTimeout(container: Container): Hang | null {
  return findLast(container, 'timeout');
}

function findLast(container: Container, kind: 'start-timeout' | 'timeout'): Hang | null {
  const last = findLastRunProbe(container);
  if (last === null || toProbeResult(last).kind !== kind) return null;
  return { sinceMs: last.startedAtMs, dueMs: last.startedAtMs + (container.healthCheck?.timeoutMs ?? 0) };
}

function findStuckProbe(container: Container): Hang | null {
  const gap = findProbeGap(container);
  return gap === null ? null : { sinceMs: gap.sinceMs, dueMs: gap.lateAtMs };
}
