import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { findManagerProblem } from '#lib/model/status/managers.ts';
import { describeManagerProblem } from '#words/managers.ts';
import * as words from '#words/pages/wall.ts';

/** How far what is shown can be trusted. */
export type WallTruth =
  /** Nothing was shown yet. */
  | { kind: 'connecting'; reason: string }
  | { kind: 'live' }
  /** It may be old: grey, in a red frame, with the reason. `sinceMs`: server's clock, when other than the last word of it. */
  | { kind: 'stale'; reason: string; sinceMs: number | null };

export interface WallTruthFacts {
  /** Is there a picture, and one of a swarm? */
  hasPicture: boolean;
  /** How long nothing was received from the server. */
  ageMs: number;
  isLive: boolean;
  /** Why the connection is not live, in words. */
  reason: string | null;
  sources: readonly SourcePicture[];
  /** How long this page has been trying without a first picture. */
  waitedMs: number;
}

/** The server says a word every 2 s. With a look every half second, what is old is shown within 5 s. */
export const WALL_STALE_AFTER_MS = 4000;
/** A connection that broke and is back sooner is not worth a red frame. */
const BROKEN_AFTER_MS = 1500;

/** Decides whether a wall may say what it knows as if it were so now. */
export function decideWallTruth(facts: WallTruthFacts): WallTruth {
  const { hasPicture, ageMs, isLive, sources, waitedMs } = facts;
  const problem = findManagerProblem(sources);
  if (!hasPicture) {
    const reason = facts.reason ?? (problem && describeManagerProblem(problem)) ?? words.waiting;
    return waitedMs >= WALL_STALE_AFTER_MS
      ? { kind: 'stale', reason, sinceMs: null }
      : { kind: 'connecting', reason };
  }
  if (ageMs >= WALL_STALE_AFTER_MS || (!isLive && ageMs >= BROKEN_AFTER_MS))
    return { kind: 'stale', reason: facts.reason ?? words.serverSilent, sinceMs: null };
  if (problem === null) return { kind: 'live' };
  return { kind: 'stale', reason: describeManagerProblem(problem), sinceMs: problem.sinceMs };
}
