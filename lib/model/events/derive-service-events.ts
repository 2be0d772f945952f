import type { ServiceHead } from '#lib/model/contract/picture.ts';
import type { SwarmEventDraft, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { describeUpdate } from '#lib/model/findings/update.ts';

/** What happened to a service from one picture to a later one; `null` where it is not there. */
export function deriveServiceEvents(
  before: ServiceHead | null,
  after: ServiceHead | null,
  nowMs: number,
): SwarmEventDraft[] {
  const service = after ?? before;
  if (service === null) return [];
  const events: SwarmEventDraft[] = [];
  const add = (level: SwarmEventLevel, text: string, atMs: number | null = null) =>
    events.push({
      atMs: Math.min(atMs ?? nowMs, nowMs),
      kind: 'update',
      level,
      serviceId: service.id,
      serviceName: service.name,
      replicaKey: null,
      nodeId: null,
      hostname: null,
      taskId: null,
      text,
      evidence: null,
    });
  if (after === null) add('info', `Service ${service.name} was removed.`);
  else if (before === null) add('info', `Service ${after.name} was created, of ${after.image}.`);
  else {
    addScale(before, after, add);
    if (before.image !== after.image)
      add(
        'info',
        `${after.name} was given another image: ${after.image}, before it ${before.image}.`,
        after.updatedAtMs,
      );
    addUpdate(before, after, add);
  }
  return events;
}

type Add = (level: SwarmEventLevel, text: string, atMs?: number | null) => void;

function addScale(before: ServiceHead, after: ServiceHead, add: Add): void {
  if (before.mode.kind !== 'replicated' || after.mode.kind !== 'replicated') return;
  const [was, is] = [before.mode.replicas, after.mode.replicas];
  if (was !== is) add('info', `${after.name} was scaled from ${was} to ${is}.`, after.updatedAtMs);
}

function addUpdate({ update: was }: ServiceHead, { update: is, name }: ServiceHead, add: Add): void {
  if (is === null || (was?.state === is.state && was.startedAtMs === is.startedAtMs)) return;
  const update = describeUpdate(is);
  switch (is.state) {
    case 'updating':
      add('info', `An update of ${name} began.`, is.startedAtMs);
      return;
    case 'completed':
      add('good', `The update of ${name} is complete.`, is.completedAtMs);
      return;
    case 'paused':
    case 'rollback_paused':
      add('bad', `${name}: ${update}`);
      return;
    case 'rollback_started':
      add('warn', `${name}: ${update}`);
      return;
    case 'rollback_completed':
      add('warn', `${name}: ${update}`, is.completedAtMs);
      return;
  }
}
