import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findBadEnds } from '#lib/model/status/find-bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { diagnoseCrashLoop } from './diagnose-crash-loop.ts';
import { diagnoseEnd } from './diagnose-end.ts';

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
