import { CONTAINER_ACTIONS } from '#lib/engine/container-actions.ts';
import type { OpenEventsOptions } from '#lib/engine/port.ts';

/**
 * As `health_status` is in the list, the engine matches all of them as prefixes (moby `daemon/events/filter.go`):
 * `exec_die` and `create` do not let `exec_create` and `exec_start` in, which are most of the noise.
 */
const CONTAINER_EVENTS = ['health_status', 'exec_die', ...CONTAINER_ACTIONS];
const SWARM_EVENTS = ['create', 'update', 'remove'];

/** The query of `GET /events`. The label keeps containers that Swarm did not make out; it would keep swarm events out too. */
export function toEventQuery({
  scope,
  sinceMs,
}: Pick<OpenEventsOptions, 'scope' | 'sinceMs'>): Record<string, string> {
  const filters = {
    engine: { type: ['container'], event: CONTAINER_EVENTS, label: ['com.docker.swarm.task.id'] },
    manager: { type: ['node', 'service'], event: SWARM_EVENTS },
    both: {
      type: ['container', 'node', 'service'],
      event: [...new Set([...CONTAINER_EVENTS, ...SWARM_EVENTS])],
    },
  }[scope];
  const query: Record<string, string> = { filters: JSON.stringify(filters) };
  if (sinceMs !== null) query.since = (Math.max(0, sinceMs) / 1000).toFixed(3);
  return query;
}
