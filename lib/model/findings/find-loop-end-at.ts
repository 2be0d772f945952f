import { findBadEnds } from '#lib/model/status/find-bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { diagnoseCrashLoop } from './diagnose-crash-loop.ts';

const LEAST_MS = 10_000;
const MOST_MS = 600_000;
const LIVES = 3;

/**
 * When a container that is up after a crash loop has proved itself: once it was up twice as long as the longest of the
 * last lives, ten seconds at least and ten minutes at most. Until then the service has not recovered, it is between two
 * ends. Epoch ms; `null` when there was no loop, or its start is not known.
 */
export function findLoopEndAt(facts: ReplicaFacts): number | null {
  const startedAtMs = facts.container?.startedAtMs ?? null;
  // Nearly always: nothing ended badly, and nothing need be sorted to know it.
  if (startedAtMs === null || facts.earlier.length < LIVES) return null;
  const ends = findBadEnds(facts);
  if (diagnoseCrashLoop(ends) === null) return null;
  const lives = ends
    .slice(0, LIVES)
    .map(({ task }) => (task.stateAtMs ?? 0) - (task.createdAtMs ?? task.stateAtMs ?? 0));
  return startedAtMs + Math.min(MOST_MS, Math.max(LEAST_MS, 2 * Math.max(...lives)));
}
