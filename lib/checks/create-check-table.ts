import type { PortCheck, PortRound, PortTarget, SeenPort } from '#lib/model/docker/port-check.ts';
import { addRound, changeBehind, isLateAnew, startCheck } from '#lib/model/ports/port-state.ts';
import { addViews, dropViews } from '#lib/model/ports/port-views.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { createReachedMemory, type ReachedMemory, type ReachedPlace } from './create-reached-memory.ts';
import { isSamePlace, type RoundOutcome } from './create-schedule.ts';

/** What is known of each port that is asked. */
export interface CheckTable {
  /** All that is asked from now on. @returns what is known of those that are new or others, and those that are dropped */
  retarget(asked: readonly PortTarget[], nowMs: number): { changed: PortCheck[]; gone: PortTarget[] };
  /** What a round means to when the port is asked next. To be asked before the round is added. */
  judge(target: PortTarget, round: PortRound): RoundOutcome;
  /** @returns what is known of it now: none where it was dropped, or is another one, while it was asked */
  add(target: PortTarget, round: PortRound): PortCheck[];
  /** From there something came to a server before this one. @returns of which ports that says something new */
  rememberReached(places: readonly ReachedPlace[]): PortCheck[];
  /** What an agent saw from its node. @returns those that it saw, of what is asked */
  see(nodeId: string, seen: readonly { key: string; port: SeenPort }[], nowMs: number): PortCheck[];
  /** What it sees of these is not known any more; `null`: of all. @returns those that it saw before */
  forget(nodeId: string, keys: readonly string[] | null): PortCheck[];
}

export function createCheckTable(): CheckTable {
  const checks = new Map<string, PortCheck>();
  const reached = createReachedMemory();

  function put(changed: PortCheck[]): PortCheck[] {
    for (const check of changed) checks.set(check.target.key, check);
    return changed;
  }

  return {
    retarget(asked, nowMs) {
      const keys = new Set(asked.map(({ key }) => key));
      const gone: PortTarget[] = [];
      for (const [key, { target }] of checks) {
        if (keys.has(key)) continue;
        checks.delete(key);
        gone.push(target);
      }
      const changed: PortCheck[] = [];
      for (const target of asked) {
        const known = checks.get(target.key);
        if (known !== undefined && hasEqualContent(known.target, target)) continue;
        changed.push(retarget(known ?? null, target, nowMs, reached));
      }
      return { changed: put(changed), gone };
    },
    /** What is known to fail is no news; where nothing should answer, nothing does. */
    judge({ key, expects }, round) {
      if (expects === 'nothing') return 'well';
      const { state = null, rounds = [] } = checks.get(key) ?? {};
      if (round.failure === null) {
        if (round.late === 0) return 'well';
        return expects === 'answer' && isLateAnew(rounds, round) ? 'late-anew' : 'failed';
      }
      return expects === 'answer' && (state === null || state === 'answers') ? 'failed-anew' : 'failed';
    },
    add(target, round) {
      const known = checks.get(target.key);
      if (known === undefined || !isSamePlace(known.target, target)) return [];
      // What need not answer by now may have been on its way there.
      const expects = known.target.expects === 'answer' ? round.expects : known.target.expects;
      return put([addRound(known, known.target, { ...round, expects })]);
    },
    see: (nodeId, seen, nowMs) => put(addViews(checks, nodeId, seen, nowMs)),
    forget: (nodeId, keys) => put(dropViews(checks, nodeId, keys)),
    rememberReached(places) {
      reached.remember(places);
      return put(
        [...checks.values()].map(reached.mark).filter((check) => check !== checks.get(check.target.key)),
      );
    },
  };
}

/** What is asked of it, or where, is another: what was seen counts no more, but that there is a way. Other replicas behind it keep its state for now. */
function retarget(
  known: PortCheck | null,
  target: PortTarget,
  nowMs: number,
  reached: ReachedMemory,
): PortCheck {
  if (known === null) return reached.mark(startCheck(target, nowMs));
  if (isSamePlace(known.target, target)) return changeBehind(known, target);
  const wasReached = known.wasReached && known.target.address === target.address;
  return { ...startCheck(target, nowMs), wasReached };
}
