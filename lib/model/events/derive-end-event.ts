import type { Ending } from '#lib/model/contract/ending.ts';
import type { SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import type { Task } from '#lib/model/docker/task.ts';

/** The event of a task's end. Ends that were expected are no problem. */
export function deriveEndEvent({
  service,
  task,
  place,
  end,
}: {
  service: { id: string; name: string };
  task: Task;
  place: { key: string; slot: number | null; hostname: string | null };
  end: Ending;
}): SwarmEventDraft {
  const replica = { service: service.name, key: place.key, slot: place.slot, host: place.hostname };
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
    message: { about: 'task-ended', facts: { replica, ending: end } },
  };
}
