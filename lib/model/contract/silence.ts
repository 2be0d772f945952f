import type { FindingCause } from './finding.ts';
import type { Verdict } from './verdict.ts';

/**
 * What a silence is of. Services and stacks by their names, which stay when they are deployed anew; a node by its id, since
 * hostnames are not unique; the swarm as a whole by one cause of its own.
 */
export type SilenceTarget =
  | { kind: 'service'; name: string }
  | { kind: 'stack'; name: string }
  | { kind: 'node'; nodeId: string; hostname: string }
  | { kind: 'swarm' };

/** Somebody knows of a problem, and does not want to be notified of it until a time. It changes nothing of what is so. */
export interface Silence {
  id: string;
  target: SilenceTarget;
  /** Of a service, the stack that it was in; of a stack its name; else `null`. */
  stack: string | null;
  /** Problems of this cause alone; `null`: whatever is wrong with it. */
  cause: FindingCause | null;
  /** A service that is worse than this is reported all the same; `null`: however bad it gets. */
  worst: Verdict | null;
  /** Server's clock, epoch ms. */
  fromMs: number;
  untilMs: number;
  comment: string;
  /** Who wants it; `null`: whoever has the password or the token, or is let in without one. */
  by: string | null;
  createdAtMs: number;
  /** By hand, before its time; `null`: it was not. */
  ended: { atMs: number; by: string | null } | null;
}

/** - `waiting` it begins later - `active` now - `over` its time is over, or somebody ended it */
export type SilenceState = 'waiting' | 'active' | 'over';

/** `GET /api/silences`. */
export interface SilencesPage {
  /** The server's clock. */
  atMs: number;
  /** Those that are not over, the first to end first; then those that are, the last first. */
  silences: readonly Silence[];
  /** Why they may not be all, in a sentence; `null`: they are. */
  problem: string | null;
}

/** When it was over, or will be. */
export function toSilenceEnd({ untilMs, ended }: Pick<Silence, 'untilMs' | 'ended'>): number {
  return ended === null ? untilMs : Math.min(untilMs, ended.atMs);
}

export function toSilenceState(silence: Silence, nowMs: number): SilenceState {
  if (silence.ended !== null || nowMs >= silence.untilMs) return 'over';
  return nowMs >= silence.fromMs ? 'active' : 'waiting';
}
