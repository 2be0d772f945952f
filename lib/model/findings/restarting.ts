import type { Reason } from '#lib/model/contract/reason.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { findBadEnds } from '#lib/model/status/bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { type DiagnosedEnd, diagnoseEnd } from './ends.ts';

/** It is on its way up after a task that ended badly: what happened to that one, or to the last few. */
export function diagnoseRestarting(facts: ReplicaFacts): Reason | null {
  const ends = findBadEnds(facts);
  const end = ends[0];
  if (end === undefined) return null;
  const last = diagnoseEnd(end);
  const loop = findCrashLoop(ends);
  if (loop !== null) return toCrashLoop(loop, last, 'starting');
  const { evidence, expected } = last;
  return { cause: 'starting-again', facts: { last: toBare(last) }, evidence, expected };
}

/** It is up, and so it was each time before it failed again; `null` when it has proved itself, or never looped. */
export function diagnoseBetweenEnds(facts: ReplicaFacts): Reason | null {
  const endAtMs = findLoopEndAt(facts);
  if (endAtMs === null || facts.nowMs >= endAtMs) return null;
  const ends = findBadEnds(facts);
  const loop = findCrashLoop(ends);
  const end = ends[0];
  return loop === null || end === undefined ? null : toCrashLoop(loop, diagnoseEnd(end), 'up');
}

export function toCrashLoop(loop: Loop, last: DiagnosedEnd, now: 'down' | 'starting' | 'up'): Reason {
  const { evidence, expected } = last;
  return { cause: 'crash-loop', facts: { ...loop, last: toBare(last), now }, evidence, expected };
}

/** An end within another reason, which has the evidence. */
function toBare({ evidence: _evidence, expected: _expected, ...reason }: DiagnosedEnd) {
  return reason;
}

const MIN_ENDS = 3;
const WITHIN_MS = 3_600_000;

interface Loop {
  count: number;
  spanMs: number | null;
}

/** Three or more bad ends in a row within an hour, the last one first: how often, and in how long. */
export function findCrashLoop(ends: readonly TaskEnd[]): Loop | null {
  const lastAtMs = ends[0]?.task.stateAtMs ?? null;
  if (lastAtMs === null) return null;
  const recent = ends.filter(({ task }) => task.stateAtMs !== null && lastAtMs - task.stateAtMs < WITHIN_MS);
  if (recent.length < MIN_ENDS) return null;
  // How long the first of them ran says nothing of how quickly they follow each other.
  const firstAtMs = recent.at(-1)?.task.stateAtMs ?? lastAtMs;
  return { count: recent.length, spanMs: firstAtMs >= lastAtMs ? null : lastAtMs - firstAtMs };
}

const MIN_MS = 10_000;
const MAX_MS = 600_000;
const LIVES = 3;

/**
 * When a container that is up after a crash loop has proved itself: once it was up twice as long as the longest of the
 * last lives in the loop, ten seconds at least and ten minutes at most. Until then the service has not recovered, it is between two
 * ends. Epoch ms; `null` when there was no loop, or its start is not known.
 */
export function findLoopEndAt(facts: ReplicaFacts): number | null {
  const startedAtMs = facts.container?.startedAtMs ?? null;
  // Nearly always: nothing ended badly, and nothing need be sorted to know it.
  if (startedAtMs === null || facts.earlier.length < LIVES) return null;
  const ends = findBadEnds(facts);
  const loop = findCrashLoop(ends);
  if (loop === null) return null;
  // The first of them may have run for days: the loop began when it ended.
  const lives = ends
    .slice(0, Math.min(LIVES, loop.count - 1))
    .map(({ task }) => (task.stateAtMs ?? 0) - (task.createdAtMs ?? task.stateAtMs ?? 0));
  return startedAtMs + Math.min(MAX_MS, Math.max(MIN_MS, 2 * Math.max(...lives)));
}
