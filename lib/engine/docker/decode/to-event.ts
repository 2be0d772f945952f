import { CONTAINER_ACTIONS } from '#lib/engine/container-actions.ts';
import type { EngineEvent } from '#lib/engine/port.ts';
import { toHealthStatus } from './container/to-health-status.ts';
import { type DockerObject, readId, readNumber, readObject, readOneOf, readText } from './raw.ts';

const SWARM_ACTIONS = ['create', 'update', 'remove'] as const;
/** The year 10000: no date of Docker's is later. */
const MAX_MS = 253_402_300_800_000;
const HEALTH_PREFIX = 'health_status: ';

/**
 * One line of `GET /events`; `null` for what says nothing about health (other types and actions, containers that
 * Swarm did not make). Reads only Type, Action, Actor and the time: the rest is gone from API 1.52. Nothing else
 * leaves this function, since actions and attributes may hold commands with secrets.
 */
export function toEvent(raw: unknown, skewMs: number): EngineEvent | null {
  const event = readObject(raw);
  const actor = readObject(event.Actor);
  const id = readId(actor.ID);
  const engineAtMs = toEngineAtMs(event);
  const action = readText(event.Action);
  if (id === null || engineAtMs === null || action === null) return null;
  const times = { atMs: engineAtMs - skewMs, engineAtMs };
  if (event.Type === 'container') return toContainerEvent(times, id, action, readObject(actor.Attributes));
  const change = readOneOf(action, SWARM_ACTIONS);
  if (change === null) return null;
  if (event.Type === 'node') return { ...times, kind: 'node', nodeId: id, action: change };
  if (event.Type === 'service') return { ...times, kind: 'service', serviceId: id, action: change };
  return null;
}

function toContainerEvent(
  times: { atMs: number; engineAtMs: number },
  containerId: string,
  action: string,
  attributes: DockerObject,
): EngineEvent | null {
  const taskId = readId(attributes['com.docker.swarm.task.id']);
  if (taskId === null) return null;
  if (action.startsWith(HEALTH_PREFIX)) {
    const status = toHealthStatus(action.slice(HEALTH_PREFIX.length));
    return status && { ...times, kind: 'health', containerId, taskId, status };
  }
  if (action === 'exec_die') {
    return { ...times, kind: 'exec-die', containerId, taskId, exitCode: toExitCode(attributes) };
  }
  const known = readOneOf(action, CONTAINER_ACTIONS);
  if (known === null) return null;
  const exitCode = known === 'die' ? toExitCode(attributes) : null;
  return { ...times, kind: 'container', containerId, taskId, action: known, exitCode };
}

/** A text in the attributes. A container label of this name overrides it, so it may be anything: a hint, not the truth. */
function toExitCode(attributes: DockerObject): number | null {
  const text = readText(attributes.exitCode);
  return text !== null && /^-?\d{1,5}$/.test(text) ? Number(text) : null;
}

/** `timeNano` is beyond 2^53, but rounded by far less than a millisecond. */
function toEngineAtMs(event: DockerObject): number | null {
  const nanos = readNumber(event.timeNano);
  if (nanos !== null && nanos > 0 && nanos < MAX_MS * 1e6) return Math.floor(nanos / 1e6);
  const seconds = readNumber(event.time);
  return seconds !== null && seconds > 0 && seconds * 1000 < MAX_MS ? seconds * 1000 : null;
}
