import type { EngineEvent } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** What reading a container's probe log an event calls for. */
export type ReadPlan =
  | { kind: 'none' }
  /** Now, before what can be read is gone. */
  | { kind: 'now' }
  /** At these offsets, until the log holds the probe that ended at `probeEndMs`. */
  | { kind: 'ladder'; offsetsMs: readonly number[]; probeEndMs: number }
  /** Some time soon: nothing is wrong, only the history wants every probe. */
  | { kind: 'routine' };

export interface ReadHistory {
  /** Commands that ended in it since it was last read, this event's included. */
  execs: number;
  readAtMs: number;
  /** Ladders in a row that found no probe: its commands are not probes. */
  misses: number;
}

/** Decides how an event is followed up. `container` is as the event left it. */
export function planRead(
  container: Container,
  event: EngineEvent,
  history: ReadHistory,
  nowMs: number,
): ReadPlan {
  if (event.kind === 'health')
    return { kind: 'ladder', offsetsMs: LIMITS.healthLadderMs, probeEndMs: event.atMs };
  if (event.kind === 'container') {
    const changesState = event.action !== 'kill' && event.action !== 'stop';
    return changesState && event.action !== 'destroy' ? { kind: 'now' } : { kind: 'none' };
  }
  if (event.kind !== 'exec-die' || container.health === null) return { kind: 'none' };

  const bad = event.exitCode !== 0;
  const recovering = container.health.status !== 'healthy' || container.health.failingStreak > 0;
  if (bad || recovering) {
    const offsetsMs = history.misses >= 2 ? LIMITS.shortLadderMs : LIMITS.probeLadderMs;
    return { kind: 'ladder', offsetsMs, probeEndMs: event.atMs };
  }
  const intervalMs = container.healthCheck?.intervalMs ?? 30_000;
  const intervals = (nowMs - history.readAtMs) / intervalMs;
  // An agent tells of every fourth alone, and the read after the one before came a moment later than that.
  const isSparse = history.execs === 1 && intervals >= LIMITS.routineProbes - 1;
  const isDue = history.execs >= LIMITS.routineProbes || intervals >= LIMITS.routineProbes;
  return isDue || isSparse ? { kind: 'routine' } : { kind: 'none' };
}
