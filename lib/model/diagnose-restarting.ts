import { diagnoseCrashLoop } from './diagnose-crash-loop.ts';
import { diagnoseEnd } from './diagnose-end.ts';
import type { Diagnosis } from './diagnosis.ts';
import { findBadEnds } from './find-bad-ends.ts';
import { lowerFirst } from './lower-first.ts';
import type { ReplicaFacts } from './replica-facts.ts';

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
