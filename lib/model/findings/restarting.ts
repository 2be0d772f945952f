import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { findBadEnds } from '#lib/model/status/bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { diagnoseEnd } from './ends.ts';

/** It is on its way up after a task that ended badly: what happened to that one, or to the last few. */
export function diagnoseRestarting(facts: ReplicaFacts): Diagnosis | null {
  const ends = findBadEnds(facts);
  const end = ends[0];
  if (end === undefined) return null;
  const loop = diagnoseCrashLoop(ends);
  if (loop !== null) return { ...loop, sentence: `Starting again. ${loop.sentence}` };
  const { sentence, evidence } = diagnoseEnd(end);
  return {
    cause: 'starting-again',
    sentence: `Starting again after a failure: ${lowerFirst(sentence)}`,
    evidence,
    calm: false,
  };
}

/** It is up, and so it was each time before it failed again; `null` when it has proved itself, or never looped. */
export function diagnoseBetweenEnds(facts: ReplicaFacts): Diagnosis | null {
  const endAtMs = findLoopEndAt(facts);
  if (endAtMs === null || facts.nowMs >= endAtMs) return null;
  const loop = diagnoseCrashLoop(findBadEnds(facts));
  return loop === null ? null : { ...loop, sentence: `Up again, for now. ${loop.sentence}` };
}

const MIN_ENDS = 3;
const WITHIN_MS = 3_600_000;

/** Three or more bad ends in a row within an hour: how often, in how long, and how it ended the last time. */
export function diagnoseCrashLoop(ends: readonly TaskEnd[]): Diagnosis | null {
  const last = ends[0];
  const lastAtMs = last?.task.stateAtMs ?? null;
  if (last === undefined || lastAtMs === null) return null;
  const recent = ends.filter(({ task }) => task.stateAtMs !== null && lastAtMs - task.stateAtMs < WITHIN_MS);
  if (recent.length < MIN_ENDS) return null;
  const startMs = recent.at(-1)?.task.createdAtMs ?? null;
  const span = startMs === null || startMs >= lastAtMs ? '' : ` in ${describeDuration(lastAtMs - startMs)}`;
  const { sentence, evidence } = diagnoseEnd(last);
  return {
    cause: 'crash-loop',
    sentence: `Failed ${recent.length} times${span}, the last time: ${lowerFirst(sentence)}`,
    evidence,
    calm: false,
  };
}

const MIN_MS = 10_000;
const MAX_MS = 600_000;
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
  return startedAtMs + Math.min(MAX_MS, Math.max(MIN_MS, 2 * Math.max(...lives)));
}
