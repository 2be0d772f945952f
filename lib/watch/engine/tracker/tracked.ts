import { type ContainerSummary, EngineError, type EngineEvent } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';

/** Inspects in a row that had no answer. */
export interface FailedRead {
  /** Our clock, when the first was sent. */
  sinceMs: number;
  count: number;
}

/** One container as an engine's watch knows it. */
export interface Tracked {
  container: Container;
  /** Commands that ended in it since it was last read. */
  execs: number;
  readAtMs: number;
  /** Our clock, when an event last told that a command ended in it; 0: none did. */
  signAtMs: number;
  /** Looks in a row for a probe that no event told of, and that found none. */
  looks: number;
  /** Inspects in a row that had no answer; `null`: the last one had. */
  failed: FailedRead | null;
  /** Its engine has said since the last read that it does not run. */
  isDenied: boolean;
  /** Ladders in a row that found no probe. */
  misses: number;
  want: Want | null;
  addedAtMs: number;
}

/** A probe that must come into the log, and when to look for it. */
export interface Want {
  probeEndMs: number;
  /** The newest probe known when we began to look. */
  knownEndMs: number;
  fromMs: number;
  offsetsMs: readonly number[];
  /** Index of the next look. */
  next: number;
}

export function track(container: Container, nowMs: number): Tracked {
  return {
    container,
    execs: 0,
    readAtMs: nowMs,
    signAtMs: 0,
    looks: 0,
    failed: null,
    isDenied: false,
    misses: 0,
    want: null,
    addedAtMs: nowMs,
  };
}

/**
 * After a read: is the probe we look for in the log? Gives what is known of the container then, and the moment of the next
 * look, our clock: `null` when there is nothing (more) to look for.
 */
export function climb(tracked: Tracked): { tracked: Tracked; lookMs: number | null } {
  const { want } = tracked;
  if (want === null) return { tracked, lookMs: null };
  const found = hasProbeSince(tracked.container, want.probeEndMs, want.knownEndMs);
  const offsetMs = want.offsetsMs[want.next];
  if (!found && offsetMs !== undefined && tracked.container.state === 'running')
    return {
      tracked: { ...tracked, want: { ...want, next: want.next + 1 } },
      lookMs: want.fromMs + offsetMs,
    };
  return { tracked: { ...tracked, want: null, misses: found ? 0 : tracked.misses + 1 }, lookMs: null };
}

/** Of a container's state: it runs no more, and what can be read of it stays as it is. */
export function isDead(state: string): boolean {
  return state === 'exited' || state === 'dead';
}

/** Did a single read fail as all would if the engine were gone? Then it is worth a ping. */
export function isDoubtful(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'timeout' || error.kind === 'unreachable');
}

/** Does this engine event mean that the manager's view of the task changes soon, or just did? */
export function isHinting(event: EngineEvent): boolean {
  if (event.kind === 'health') return event.status !== 'starting';
  if (event.kind !== 'container') return false;
  return ['create', 'start', 'kill', 'die', 'oom', 'destroy'].includes(event.action);
}

/** What Docker's words for a time, the way of the answer and two clocks may be apart. */
const UP_SLACK_MS = 3_000;

/** Does a list tell that it was started later than is known? */
export function isStartedAgain(
  { startedAtMs }: Pick<Container, 'startedAtMs'>,
  { up }: Pick<ContainerSummary, 'up'>,
  nowMs: number,
): boolean {
  return up !== null && startedAtMs !== null && nowMs - startedAtMs > up.mostMs + UP_SLACK_MS;
}

/** May it have been started since then? A list tells how long it has run, roughly. */
export function mayHaveStarted(
  { up }: Pick<ContainerSummary, 'up'>,
  sinceMs: number,
  nowMs: number,
): boolean {
  return up === null || up.leastMs < nowMs - sinceMs + UP_SLACK_MS;
}

/** Does a list tell of something that we have not read yet? Health is compared only where the list can tell it. */
export function differsFromSummary(container: Container, summary: ContainerSummary, nowMs: number): boolean {
  if (container.state !== summary.state || isStartedAgain(container, summary, nowMs)) return true;
  if (container.state !== 'running' || summary.healthStatus === null) return false;
  const { health } = container;
  if (health?.status !== summary.healthStatus) return true;
  return summary.failingStreak !== null && health.failingStreak !== summary.failingStreak;
}

/** How far a probe's own end may lie before the event that tells of it. */
const TOLERANCE_MS = 250;

/**
 * Does the log hold the probe whose command ended at `endedAtMs`? The result is written a little after the event, so a
 * first look may come too early. A probe that timed out ends in the log before its command is dead.
 */
export function hasProbeSince(container: Container, endedAtMs: number, knownEndMs: number): boolean {
  const newest = container.health?.probes.at(-1);
  if (!newest) return false;
  if (newest.exitCode === -1 && newest.endedAtMs > knownEndMs) return true;
  const intervalMs = container.healthCheck?.intervalMs ?? TOLERANCE_MS * 2;
  return newest.endedAtMs >= endedAtMs - Math.min(TOLERANCE_MS, intervalMs / 2);
}
