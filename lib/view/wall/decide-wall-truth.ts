import { findManagerProblem } from '#lib/model/status/managers.ts';
import { decideTruth, type TruthFacts } from '#lib/view/shell/decide-truth.ts';
import { nameManagerProblem } from '#words/manager-names.ts';
import { describeUnread } from '#words/managers.ts';
import * as words from '#words/pages/wall.ts';

/** How far what is shown can be trusted. */
export type WallTruth =
  /** Nothing was shown yet. */
  | { kind: 'connecting'; reason: string }
  | { kind: 'live' }
  /**
   * It may be old: grey, in a red frame, with the reason; `short`: the same in a few words. `of`: what is not heard or read.
   * `sinceMs`: server's clock, when other than the last word of it.
   */
  | {
      kind: 'stale';
      of: 'server' | 'swarm' | 'swarms';
      reason: string;
      short: string;
      sinceMs: number | null;
    };

export interface WallTruthFacts extends Omit<TruthFacts, 'isServerHeard'> {
  /** Is there a picture, and one of a swarm? */
  hasPicture: boolean;
  /** How long nothing was received from the server. */
  ageMs: number;
  isLive: boolean;
  /** Why the connection is not live, in words. */
  reason: string | null;
  /** How long this page has been trying without a first picture. */
  waitedMs: number;
}

/** The server says a word every 2 s. With a look every half second, what is old is shown within 5 s. */
const WALL_STALE_AFTER_MS = 4000;
/** A connection that broke and is back sooner is not worth a red frame. */
const BROKEN_AFTER_MS = 1500;

/** Decides whether a wall may say what it knows as if it were so now. */
export function decideWallTruth(facts: WallTruthFacts): WallTruth {
  const { hasPicture, ageMs, isLive, waitedMs } = facts;
  const isServerHeard = ageMs < WALL_STALE_AFTER_MS && (isLive || ageMs < BROKEN_AFTER_MS);
  const truth = decideTruth({ ...facts, isServerHeard: isServerHeard || !hasPicture });
  const stale = (of: 'server' | 'swarm', reason: string, short: string, sinceMs: number | null = null) =>
    ({ kind: 'stale', of, reason, short, sinceMs }) as const;
  if (!hasPicture) {
    const isKnown = truth.kind === 'unread' && findManagerProblem(facts.head.sources) !== null;
    const reason = facts.reason ?? (isKnown ? describeUnread(truth.doubt, truth.problem) : words.waiting);
    return waitedMs >= WALL_STALE_AFTER_MS
      ? stale('server', reason, words.waiting)
      : { kind: 'connecting', reason };
  }
  if (truth.kind === 'live') return truth;
  if (truth.kind === 'unread') {
    const { doubt, problem, sinceMs } = truth;
    return stale('swarm', describeUnread(doubt, problem), nameManagerProblem(problem), sinceMs);
  }
  return stale('server', facts.reason ?? words.serverSilent, words.serverSilent);
}
