import type { EventMessage } from '#lib/model/contract/event-message.ts';
import type { ServiceHead } from '#lib/model/contract/picture.ts';
import type { SwarmEventDraft, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { hasTaskFailed } from '#lib/model/findings/update.ts';

/** What happened to a service from one picture to a later one; `null` where it is not there. */
export function deriveServiceEvents(
  before: ServiceHead | null,
  after: ServiceHead | null,
  nowMs: number,
): SwarmEventDraft[] {
  const service = after ?? before;
  if (service === null) return [];
  const events: SwarmEventDraft[] = [];
  const { name } = service;
  const add: Add = (level, message, atMs = null) =>
    events.push({
      atMs: Math.min(atMs ?? nowMs, nowMs),
      kind: 'update',
      level,
      serviceId: service.id,
      serviceName: name,
      replicaKey: null,
      nodeId: null,
      hostname: null,
      taskId: null,
      message,
    });
  if (after === null) add('info', { about: 'service-removed', facts: { service: name } });
  else if (before === null)
    add('info', { about: 'service-created', facts: { service: name, image: after.image } });
  else {
    addScale(before, after, add);
    if (before.image !== after.image) {
      const facts = { service: name, before: before.image, after: after.image };
      add('info', { about: 'service-image', facts }, after.updatedAtMs);
    }
    addUpdate(before, after, add);
  }
  return events;
}

type Add = (level: SwarmEventLevel, message: EventMessage, atMs?: number | null) => void;

function addScale(before: ServiceHead, after: ServiceHead, add: Add): void {
  if (before.mode.kind !== 'replicated' || after.mode.kind !== 'replicated') return;
  const facts = { service: after.name, before: before.mode.replicas, after: after.mode.replicas };
  if (facts.before !== facts.after) add('info', { about: 'service-scaled', facts }, after.updatedAtMs);
}

const UPDATE_LEVELS: Readonly<Record<UpdateState, SwarmEventLevel>> = {
  updating: 'info',
  completed: 'good',
  paused: 'bad',
  rollback_paused: 'bad',
  rollback_started: 'warn',
  rollback_completed: 'warn',
  unknown: 'warn',
};

function addUpdate({ update: was }: ServiceHead, { update: is, name }: ServiceHead, add: Add): void {
  if (is === null || (was?.state === is.state && was.startedAtMs === is.startedAtMs)) return;
  const { state, startedAtMs, completedAtMs } = is;
  const isOver = state === 'completed' || state === 'rollback_completed';
  const atMs = state === 'updating' ? startedAtMs : isOver ? completedAtMs : null;
  const facts = { service: name, state, failed: hasTaskFailed(is) };
  add(UPDATE_LEVELS[state], { about: 'service-update', facts }, atMs);
}
