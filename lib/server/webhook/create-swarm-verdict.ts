import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { decideSwarmVerdict } from '#lib/model/derive/decide-swarm-verdict.ts';
import { OF_MANAGERS } from '#lib/model/events/incident-sign.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isSilenced, withoutSilenced } from '#lib/model/silences/silence-picture.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { english } from '#lib/words/english.ts';
import type { HeldVerdicts } from './create-held-verdicts.ts';

/** The swarm as a whole, in what a change is about. */
export const SWARM = '';
/** Before a node's id, in what a change is about. */
export const NODE = 'node ';
/** Before what the swarm itself has, among what made its verdict. */
const CAUSE = 'swarm ';
/** It is about no service and no node. */
export const WHOLE = { service: null, node: null };

/** The verdict of a swarm by all that is not silenced. */
export interface SwarmVerdict {
  /**
   * @param losses all nodes that are lost
   * @param isStart what was so before this is not known
   */
  see(picture: SwarmPicture, losses: readonly NodeLoss[], isStart: boolean): void;
}

export function createSwarmVerdict(
  held: Pick<HeldVerdicts, 'begin' | 'see' | 'silence' | 'hear' | 'isWrong' | 'isPending' | 'calm'>,
): SwarmVerdict {
  /** What made the swarm's verdict a problem, by its name here, and still does. */
  let reasons: ReadonlySet<string> = new Set();
  /** All of that is silenced: what comes then is told, also where it makes no other verdict. */
  let isQuiet = false;
  const causes = createCauseWatch(held);

  return {
    see(picture, losses, isStart) {
      const told = toAudible(picture);
      held.begin(told);
      const isOtherCause = causes.see(told);
      const silencedNow = listWrong(picture, losses, true);
      // Of what was so before our start nobody knows for which reason.
      const before = isStart ? silencedNow : reasons;
      const kept = [...before].filter((one) => silencedNow.has(one));
      if (!isOk(told.verdict)) {
        const now = listWrong(picture, losses, false);
        const isNew = isQuiet && [...now].some((one) => !before.has(one));
        reasons = new Set([...now, ...kept]);
        if (isQuiet && !isNew) held.hear(SWARM);
        isQuiet = false;
        held.see(SWARM, told.verdict, WHOLE, null, isNew || isOtherCause ? { silence: null } : null);
        return;
      }
      // That the rest is well is no news: what it was told for, and is silenced, did not turn good. But where that was
      // something that the swarm itself had, nobody else says that it is over.
      const isOver = [...before].some((one) => one.startsWith(CAUSE) && !silencedNow.has(one));
      isQuiet = !isOver && kept.length > 0 && held.isWrong(SWARM);
      reasons = new Set(isQuiet ? kept : []);
      if (isQuiet) held.silence(SWARM, null, WHOLE, null);
      else held.see(SWARM, told.verdict, WHOLE, null);
    },
  };
}

/**
 * What the swarm itself has is told when it begins and when it is over, also beside something else that is as bad: no message
 * of a service or a node says so.
 */
function createCauseWatch(held: Pick<HeldVerdicts, 'isPending' | 'calm'>) {
  /** As it was told last; `null`: nothing was seen yet. */
  let said: string | null = null;
  let seen = '';
  let isWaiting = false;
  return {
    /** @returns it is to be told anew, where it holds */
    see({ findings }: SwarmPicture): boolean {
      const now = toSwarmThings(listSwarmCauses(findings)).join(' ');
      // What waited was told, or is over.
      if (said !== null && !held.isPending(SWARM)) {
        said = seen;
        isWaiting = false;
      }
      said ??= now;
      seen = now;
      if (now !== said) {
        isWaiting = true;
        return true;
      }
      if (isWaiting) held.calm(SWARM);
      isWaiting = false;
      return false;
    },
  };
}

/** What is wrong with the swarm itself, and not silenced; in an order of its own. */
export function listSwarmCauses(findings: SwarmPicture['findings']): FindingCause[] {
  const audible = findings.filter((one) => one.level === 'problem' && !isSilenced(one));
  return [...new Set(audible.map(({ cause }) => cause))].sort();
}

/**
 * What these causes are of: a swarm without a quorum has no leader first, then takes too long to say so, and then has too few
 * managers. That is one thing, told once, by whichever it is when it held.
 */
export function toSwarmThings(causes: readonly string[]): string[] {
  return [...new Set(causes.map((cause) => (UNMANAGED.has(cause) ? 'unmanaged' : cause)))].sort();
}

/** One manager more, and none could be managed: what comes then is worse, and told. */
const UNMANAGED: ReadonlySet<string> = new Set([...OF_MANAGERS].filter((cause) => cause !== 'quorum-edge'));

/** With the verdict of all that is not silenced. */
function toAudible(picture: SwarmPicture): SwarmPicture {
  const audible = withoutSilenced(picture);
  if (audible === picture) return picture;
  const decided = decideSwarmVerdict(audible, english);
  const isAllSilenced = decided.verdict === 'idle';
  const sentence = english.swarm({ kind: 'all-silenced' });
  return { ...picture, ...decided, ...(isAllSilenced ? { verdict: 'healthy', sentence } : {}) };
}

/** What makes the swarm's verdict a problem, by its name here: what is silenced, or the rest. */
function listWrong(
  { services, nodes, findings }: SwarmPicture,
  losses: readonly NodeLoss[],
  wanted: boolean,
): Set<string> {
  const lost = new Set(losses.map(({ nodeId }) => nodeId));
  return new Set([
    ...findings
      .filter((one) => one.level === 'problem' && isSilenced(one) === wanted)
      .map(({ cause }) => CAUSE + cause),
    ...nodes.filter((one) => lost.has(one.id) && isSilenced(one) === wanted).map(({ id }) => NODE + id),
    ...services.filter((one) => !isOk(one.verdict) && isSilenced(one) === wanted).map(({ id }) => id),
  ]);
}
