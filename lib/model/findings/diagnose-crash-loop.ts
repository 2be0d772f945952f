import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { diagnoseEnd } from './diagnose-end.ts';

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
