import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findBadEnds } from '#lib/model/status/find-bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { diagnoseCrashLoop } from './diagnose-crash-loop.ts';
import { findLoopEndAt } from './find-loop-end-at.ts';

/** It is up, and so it was each time before it failed again; `null` when it has proved itself, or never looped. */
export function diagnoseBetweenEnds(facts: ReplicaFacts): Diagnosis | null {
  const endAtMs = findLoopEndAt(facts);
  if (endAtMs === null || facts.nowMs >= endAtMs) return null;
  const loop = diagnoseCrashLoop(findBadEnds(facts));
  return loop === null ? null : { ...loop, sentence: `Up again, for now. ${loop.sentence}` };
}
