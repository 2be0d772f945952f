import type { Container } from '#lib/model/docker/container.ts';
import { hasProbeSince } from './has-probe-since.ts';

/** One container as an engine's watch knows it. */
export interface Tracked {
  container: Container;
  /** Commands that ended in it since it was last read. */
  execs: number;
  readAtMs: number;
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
  return { container, execs: 0, readAtMs: nowMs, misses: 0, want: null, addedAtMs: nowMs };
}

/**
 * After a read: is the probe we look for in the log? Gives the moment of the next look, or `null` when there is nothing
 * (more) to look for.
 */
export function climb(tracked: Tracked): number | null {
  const { want } = tracked;
  if (!want) return null;
  const found = hasProbeSince(tracked.container, want.probeEndMs, want.knownEndMs);
  const offsetMs = want.offsetsMs[want.next];
  if (!found && offsetMs !== undefined && tracked.container.state === 'running') {
    want.next += 1;
    return want.fromMs + offsetMs;
  }
  tracked.want = null;
  tracked.misses = found ? 0 : tracked.misses + 1;
  return null;
}
