import { diagnoseCrashLoop } from './diagnose-crash-loop.ts';
import type { Diagnosis } from './diagnosis.ts';
import { findBadEnds } from './find-bad-ends.ts';
import { findLoopEndAt } from './find-loop-end-at.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/** It is up, and so it was each time before it failed again; `null` when it has proved itself, or never looped. */
export function diagnoseBetweenEnds(facts: ReplicaFacts): Diagnosis | null {
  const endAtMs = findLoopEndAt(facts);
  if (endAtMs === null || facts.nowMs >= endAtMs) return null;
  const loop = diagnoseCrashLoop(findBadEnds(facts));
  return loop === null ? null : { ...loop, sentence: `Up again, for now. ${loop.sentence}` };
}
