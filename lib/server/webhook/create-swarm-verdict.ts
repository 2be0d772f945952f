import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { decideSwarmVerdict } from '#lib/model/derive/decide-swarm-verdict.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isSilenced, withoutSilenced } from '#lib/model/silences/silence-picture.ts';
import { isOk, toSwarmThing } from '#lib/model/status/severity.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { english } from '#lib/words/english.ts';
import { type HeldVerdicts, isMilder, type Quiet } from './create-held-verdicts.ts';

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

type SwarmHeld = Pick<
  HeldVerdicts,
  'begin' | 'see' | 'silence' | 'hear' | 'isWrong' | 'isPending' | 'calm' | 'emittedAs'
>;

export function createSwarmVerdict(held: SwarmHeld): SwarmVerdict {
  /** What made the swarm's verdict a problem, by its name here, and still does. */
  let reasons: ReadonlySet<string> = new Set();
  /** All of that is silenced: what comes then is told, also where it makes no other verdict. */
  let isQuiet = false;
  const causes = createCauseWatch(held);
  const silences = createEndedSilences();

  return {
    see(picture, losses, isStart) {
      const told = toAudible(picture);
      held.begin(told);
      const silencedNow = listWrong(picture, losses, true);
      const now = listWrong(picture, losses, false);
      const ended = silences.see(now, silencedNow);
      const cause = causes.see(picture);
      // Of what was so before our start nobody knows for which reason.
      const before = isStart ? new Set(silencedNow.keys()) : reasons;
      const kept = [...before].filter((one) => silencedNow.has(one));
      if (!isOk(told.verdict)) {
        const isNew = isQuiet && [...now.keys()].some((one) => !before.has(one));
        reasons = new Set([...now.keys(), ...kept]);
        if (isQuiet && !isNew) held.hear(SWARM);
        isQuiet = false;
        const last = held.emittedAs(SWARM);
        // That somebody silenced the worst of it makes it no milder.
        const verdict =
          kept.length > 0 && isMilder(last, told.verdict) ? (last ?? told.verdict) : told.verdict;
        const isOther = isNew || cause !== null || verdict !== last;
        const silence = cause?.silence ?? ended;
        const after = isNew || cause !== null || (isOther && silence !== null) ? { silence } : null;
        held.see(SWARM, verdict, WHOLE, null, after);
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

/** Which silence it was that covers something no longer, while it is still so. */
function createEndedSilences() {
  let before: ReadonlyMap<string, string | null> = new Map();
  return {
    /** @returns its id, from this picture alone on; `null`: there is none */
    see(audible: ReadonlyMap<string, string | null>, silenced: ReadonlyMap<string, string | null>) {
      const ended = [...audible.keys()].map((one) => before.get(one) ?? null).find((one) => one !== null);
      before = silenced;
      return ended ?? null;
    },
  };
}

/**
 * What the swarm itself has is told when it begins and when it is over, also beside something else that is as bad: no message
 * of a service or a node says so. That it is silenced neither begins nor ends it.
 */
function createCauseWatch(held: Pick<HeldVerdicts, 'isPending' | 'calm'>) {
  /** As it was told last; `null`: nothing was seen yet. */
  let said: readonly string[] | null = null;
  let seen: readonly string[] = [];
  /** What is silenced, each with its silence. */
  let silenced: ReadonlyMap<string, string> = new Map();
  let waiting: Quiet | null = null;
  return {
    /** @returns it is to be told anew, where it holds; and after which silence */
    see({ findings }: SwarmPicture): Quiet | null {
      // What waited was told, or is over.
      if (said !== null && !held.isPending(SWARM)) {
        said = seen;
        waiting = null;
      }
      const audible = toSwarmThings(listSwarmCauses(findings));
      const before = silenced;
      silenced = listSilencedThings(findings);
      const lasting = said?.filter((one) => silenced.has(one)) ?? [];
      const now = [...new Set([...audible, ...lasting])].sort();
      said ??= now;
      seen = now;
      const heard = audible.find((one) => before.has(one));
      const isOther = !hasEqualContent(now, said);
      if (heard !== undefined) waiting = { silence: before.get(heard) ?? null };
      else if (isOther) waiting ??= { silence: null };
      else if (waiting?.silence === null || !lasting.every((one) => audible.includes(one))) {
        if (waiting !== null) held.calm(SWARM);
        waiting = null;
      }
      return waiting;
    },
  };
}

function listSilencedThings(findings: SwarmPicture['findings']): Map<string, string> {
  return new Map(
    findings.flatMap(({ level, cause, silenced }) =>
      level === 'problem' && silenced != null ? [[toSwarmThing(cause), silenced.id] as const] : [],
    ),
  );
}

/** What is wrong with the swarm itself, and not silenced; in an order of its own. */
export function listSwarmCauses(findings: SwarmPicture['findings']): FindingCause[] {
  const audible = findings.filter((one) => one.level === 'problem' && !isSilenced(one));
  return [...new Set(audible.map(({ cause }) => cause))].sort();
}

/** What these causes are of, each once: that is told, by whichever of its names it has when it held. */
export function toSwarmThings(causes: readonly string[]): string[] {
  return [...new Set(causes.map(toSwarmThing))].sort();
}

/** With the verdict of all that is not silenced. */
function toAudible(picture: SwarmPicture): SwarmPicture {
  const audible = withoutSilenced(picture);
  if (audible === picture) return picture;
  const decided = decideSwarmVerdict(audible, english);
  const isAllSilenced = decided.verdict === 'idle';
  const sentence = english.swarm({ kind: 'all-silenced' });
  return { ...picture, ...decided, ...(isAllSilenced ? { verdict: 'healthy', sentence } : {}) };
}

/** What makes the swarm's verdict a problem, by its name here, with its silence: what is silenced, or the rest. */
function listWrong(
  { services, nodes, findings }: SwarmPicture,
  losses: readonly NodeLoss[],
  wanted: boolean,
): Map<string, string | null> {
  const lost = new Set(losses.map(({ nodeId }) => nodeId));
  const isWanted = (one: Parameters<typeof isSilenced>[0]) => isSilenced(one) === wanted;
  return new Map([
    ...findings
      .filter((one) => one.level === 'problem' && isWanted(one))
      .map(({ cause, silenced }) => [CAUSE + toSwarmThing(cause), silenced?.id ?? null] as const),
    ...nodes
      .filter((one) => lost.has(one.id) && isWanted(one))
      .map(({ id, silenced }) => [NODE + id, silenced?.id ?? null] as const),
    ...services
      .filter((one) => !isOk(one.verdict) && isWanted(one))
      .map(({ id, silenced }) => [id, silenced?.id ?? null] as const),
  ]);
}
