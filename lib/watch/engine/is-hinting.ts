import type { EngineEvent } from '#lib/engine/port.ts';

/** Does this engine event mean that the manager's view of the task changes soon, or just did? */
export function isHinting(event: EngineEvent): boolean {
  if (event.kind === 'health') return event.status !== 'starting';
  if (event.kind !== 'container') return false;
  return ['create', 'start', 'kill', 'die', 'oom', 'destroy'].includes(event.action);
}
