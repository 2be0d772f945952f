import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { endsBadly } from './ends-badly.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/** The bad ends in a row that led to where the slot is now, the last one first; empty when the task before ended well. */
export function findBadEnds(facts: ReplicaFacts): TaskEnd[] {
  const { service, task, container, earlier, lastWordsOf } = facts;
  const ends: TaskEnd[] = [];
  if (task !== null && endsBadly(service, task, container)) ends.push({ service, task, container });
  const byAge = earlier.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  for (const before of byAge) {
    const remembered = lastWordsOf(before.id, before.nodeId);
    if (!endsBadly(service, before, remembered)) break;
    ends.push({ service, task: before, container: remembered });
  }
  return ends;
}
