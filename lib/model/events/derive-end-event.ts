import type { SegmentEnd } from '#lib/model/contract/history.ts';
import type { SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { nameTask } from '#lib/model/findings/name-task.ts';

/** The end of a task, told. Ends that were expected are no alarm. */
export function deriveEndEvent({
  service,
  task,
  place,
  end,
}: {
  service: { id: string; name: string };
  task: Task;
  place: { key: string; slot: number | null; hostname: string | null };
  end: SegmentEnd;
}): SwarmEventDraft {
  return {
    atMs: end.atMs,
    kind: 'task',
    level: end.cause === null ? 'info' : 'bad',
    serviceId: service.id,
    serviceName: service.name,
    replicaKey: place.key,
    nodeId: task.nodeId,
    hostname: place.hostname,
    taskId: task.id,
    text: `${nameTask(service.name, place)}: ${end.sentence}`,
    evidence: end.evidence,
  };
}
