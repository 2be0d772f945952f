import type { ContainerSummary, EngineError } from '#lib/engine/port.ts';
import { type Container, isContainerState, type UnreadContainer } from '#lib/model/docker/container.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** What is said of a container whose inspect failed in this way. */
export function toUnread(sinceMs: number, error: EngineError): UnreadContainer {
  return { sinceMs, hangs: error.kind === 'timeout', error: error.message };
}

/** The container as the list alone tells of it: all else of it is as it was known, or not known. */
export function toUnreadContainer(
  before: Container | null,
  summary: ContainerSummary,
  nodeId: string,
  unread: UnreadContainer,
  nowMs: number,
): Container {
  const state = isContainerState(summary.state) ? summary.state : 'running';
  if (before !== null) return { ...before, state, unread: before.unread ?? unread, readAtMs: nowMs };
  return {
    id: summary.id,
    nodeId,
    taskId: summary.taskId,
    serviceId: null,
    state,
    startedAtMs: null,
    finishedAtMs: null,
    exitCode: null,
    oomKilled: false,
    oomAtMs: null,
    lastWords: null,
    error: null,
    image: '',
    build: null,
    health: null,
    healthCheck: null,
    healthCheckInvalid: false,
    readAtMs: nowMs,
    inspectedAtMs: null,
    probeSeenAtMs: null,
    unread,
    skewMs: 0,
  };
}

/**
 * The first pauses: where an engine was stopped and went on, a container may keep its inspect waiting for some seconds and
 * answer then, and is unknown until it is asked again.
 */
const FIRST_MS = [1_000, 2_000];

/** So many pauses after them are of one length: some 80 s, with what each question waits. */
const STEADY = 8;

/**
 * How long to wait before a container that did not answer is asked again: 1 s, 2 s, eight times 5 s, then each time twice as
 * long, since its engine keeps each question. One that hung for a minute is so known 5 s and what its engine needs after it
 * goes on, at the latest: a question waits up to `LIMITS.unreadInspectMs`.
 *
 * @param failed how often it did not answer before
 */
export function toUnreadPauseMs(failed: number): number {
  const doublings = Math.max(0, failed - FIRST_MS.length - STEADY + 1);
  return FIRST_MS[failed] ?? Math.min(LIMITS.unreadMaxMs, LIMITS.unreadMs * 2 ** Math.min(doublings, 10));
}
