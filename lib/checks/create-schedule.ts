import type { PortTarget } from '#lib/model/docker/port-check.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { createEntryLines, type Entry } from './create-entry-lines.ts';
import type { Limits } from './limits.ts';

/**
 * What to ask next: pure, it knows no sockets and no timers. Each service has its turn, and so have the ports that Swarm
 * needs: one with thousands of ports waits for itself alone. Of one service, targets stand in the order in which they are
 * due; what just failed, or may have, comes before what is due, but takes no more than every second turn.
 *
 * What has answered for minutes is asked less often, as most of what goes wrong shows otherwise: with other replicas behind
 * a port it is asked at once, and so are, where something fails, the ports of that node and of that service.
 */
export interface Schedule {
  /** New targets are due at once; those that are no more are dropped. */
  set(targets: readonly PortTarget[], nowMs: number): void;
  /** The next one that is due and not on a node that is asked enough; it is not given again before `done`. */
  take(nowMs: number, isBusy: (nodeId: string) => boolean): PortTarget | null;
  /**
   * It was asked. `failed-anew`: it is looked at once more soon, and so is what may fail with it; `failed`: as before;
   * `null`: it came to no end.
   */
  done(key: string, nowMs: number, outcome: RoundOutcome | null): void;
  /** How many connections a round of this target may take now. */
  connectionsFor(target: PortTarget): number;
  /** When the next one is due; infinite: none is. */
  nextDueMs(): number;
  size(): number;
}

/**
 * - `well`: nothing failed that should not - `failed-anew`: it did not until now: it is looked at once more soon, and so is
 * what may fail with it - `late-anew`: all answered, and not as soon as they should: it may fail by now and then, and is looked at
 * soon - `failed`: as before, or while replicas change
 */
export type RoundOutcome = 'well' | 'late-anew' | 'failed' | 'failed-anew';

/** Where one fails, so many others are looked at for it. */
const MAX_SUSPECTS = 50;

export function createSchedule(limits: Limits): Schedule {
  const lines = createEntryLines(limits.calmEarlyMs);
  let wanted = 0;
  let ofServices = 0;

  function add(target: PortTarget, nowMs: number): void {
    const of = { line: new Set<string>(), dueMs: nowMs, isTaken: false, well: 0, asked: null };
    const entry = { target, ...of, askedAtMs: Number.NEGATIVE_INFINITY };
    lines.put(entry, lines.isBehind(target, nowMs) ? 'again' : 'fresh', nowMs);
  }

  /** It may do otherwise than it did: it is looked at before it is due, and often for a while. */
  function hurry(entry: Entry, nowMs: number): void {
    entry.well = 0;
    const dueMs = Math.max(nowMs, entry.askedAtMs + limits.againMs);
    if (!entry.isTaken && entry.dueMs > dueMs) lines.put(entry, 'again', dueMs);
  }

  /** What breaks is a node, or a service, more often than one port. */
  function suspect({ key, serviceId, nodeId }: PortTarget, nowMs: number): void {
    let left = MAX_SUSPECTS;
    for (const entry of lines.all()) {
      const { target } = entry;
      if (target.key === key || (target.nodeId !== nodeId && target.serviceId !== serviceId)) continue;
      if (left-- <= 0) return;
      hurry(entry, nowMs);
    }
  }

  return {
    set(targets, nowMs) {
      const kept = new Set(targets.map(({ key }) => key));
      for (const { target } of lines.all()) if (!kept.has(target.key)) lines.drop(target.key);
      wanted = 0;
      ofServices = 0;
      for (const target of targets.slice(0, limits.targets)) {
        const known = lines.get(target.key);
        if (target.serviceId !== null) {
          wanted += target.connections;
          ofServices += 1;
        }
        if (known === null) add(target, nowMs);
        else {
          const isOther = isOtherThan(known.target, target);
          known.target = target;
          if (isOther) hurry(known, nowMs);
        }
      }
      lines.keepOwners(new Set(targets.map(({ serviceId }) => serviceId)));
    },
    take(nowMs, isBusy) {
      const entry = lines.take(nowMs, isBusy);
      if (entry === null) return null;
      entry.isTaken = true;
      entry.askedAtMs = nowMs;
      entry.asked = entry.target;
      return entry.target;
    },
    done(key, nowMs, outcome) {
      const entry = lines.get(key);
      if (entry === null || !entry.isTaken) return;
      const { target } = entry;
      entry.isTaken = false;
      entry.well = outcome === 'well' ? entry.well + 1 : 0;
      if (outcome === 'failed-anew') {
        lines.put(entry, 'again', nowMs + limits.againMs);
        suspect(target, nowMs);
      } else if (outcome === 'late-anew') lines.put(entry, 'again', nowMs + limits.againMs);
      else if (outcome !== null && entry.asked !== null && isOtherThan(entry.asked, target)) {
        // It became another one while it was asked.
        entry.well = 0;
        lines.put(entry, 'again', nowMs + limits.againMs);
      } else if (target.serviceId === null) lines.put(entry, 'fresh', nowMs + limits.swarmEveryMs);
      else if (entry.well >= limits.calmRounds) lines.put(entry, 'calm', nowMs + limits.calmEveryMs);
      else lines.put(entry, 'fresh', nowMs + limits.everyMs);
    },
    connectionsFor({ connections }) {
      const share = Math.floor((limits.perSecond * limits.roundMs) / 1_000 / Math.max(1, ofServices));
      const budget = (limits.perSecond * limits.everyMs) / 1_000;
      return wanted <= budget ? connections : Math.max(1, Math.min(connections, share));
    },
    nextDueMs: lines.nextDueMs,
    size: lines.size,
  };
}

/** Is something else asked, elsewhere, or of others? What was seen says nothing of it. */
function isOtherThan(one: PortTarget, other: PortTarget): boolean {
  return one.basis !== other.basis || !isSamePlace(one, other);
}

/** Is the same asked at the same place? Who stands behind it may be another. */
export function isSamePlace(one: PortTarget, other: PortTarget): boolean {
  return one.address === other.address && one.mode === other.mode && hasEqualContent(one.ask, other.ask);
}
