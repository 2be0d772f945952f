import type { PortTarget } from '#lib/model/docker/port-check.ts';
import type { Limits } from './limits.ts';

/**
 * What to ask next: pure, it knows no sockets and no timers. Each service has its turn, and so have the ports that Swarm
 * needs: one with thousands of ports waits for itself alone. Of one service, targets stand in the order in which they are
 * due; what just failed comes before what is due, but takes no more than every second turn.
 */
export interface Schedule {
  /** New targets are due at once; those that are no more are dropped. */
  set(targets: readonly PortTarget[], nowMs: number): void;
  /** The next one that is due and not on a node that is asked enough; it is not given again before `done`. */
  take(nowMs: number, isBusy: (nodeId: string) => boolean): PortTarget | null;
  /** It was asked. `again`: something failed in it, so it is looked at once more soon. */
  done(key: string, nowMs: number, again: boolean): void;
  /** How many connections a round of this target may take now. */
  connectionsFor(target: PortTarget): number;
  /** When the next one is due; infinite: none is. */
  nextDueMs(): number;
  size(): number;
}

interface Entry {
  target: PortTarget;
  /** The line that it stands in: of its service, or of what just failed. */
  line: Set<string>;
  dueMs: number;
  isTaken: boolean;
}

/** Looked at so many, for one whose node is not busy. */
const MAX_LOOKS = 50;

export function createSchedule(limits: Limits): Schedule {
  const entries = new Map<string, Entry>();
  /** Keys in the order in which they are due. */
  const again = new Set<string>();
  /** The same of each service, and of Swarm's own ports (`null`); who had its turn last comes last. */
  const lines = new Map<string | null, Set<string>>();
  let wanted = 0;
  let ofServices = 0;
  let wasAgain = false;

  function lineOf({ serviceId }: PortTarget): Set<string> {
    const known = lines.get(serviceId);
    if (known !== undefined) return known;
    const line = new Set<string>();
    lines.set(serviceId, line);
    return line;
  }

  function findIn(line: Set<string>, nowMs: number, isBusy: (nodeId: string) => boolean): Entry | null {
    let looks = 0;
    for (const key of line) {
      const entry = entries.get(key);
      if (entry === undefined || entry.dueMs > nowMs || looks >= MAX_LOOKS) return null;
      if (!isBusy(entry.target.nodeId)) return entry;
      looks += 1;
    }
    return null;
  }

  function findInTurn(nowMs: number, isBusy: (nodeId: string) => boolean): Entry | null {
    for (const [owner, line] of lines) {
      const entry = findIn(line, nowMs, isBusy);
      if (entry === null) continue;
      lines.delete(owner);
      lines.set(owner, line);
      return entry;
    }
    return null;
  }

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    entry.line.delete(key);
  }

  return {
    set(targets, nowMs) {
      const kept = new Set(targets.map(({ key }) => key));
      for (const key of entries.keys()) if (!kept.has(key)) drop(key);
      wanted = 0;
      ofServices = 0;
      for (const target of targets.slice(0, limits.targets)) {
        const known = entries.get(target.key);
        if (target.serviceId !== null) {
          wanted += target.connections;
          ofServices += 1;
        }
        if (known) {
          known.target = target;
          continue;
        }
        const line = lineOf(target);
        entries.set(target.key, { target, line, dueMs: nowMs, isTaken: false });
        line.add(target.key);
      }
      const owners = new Set(targets.map(({ serviceId }) => serviceId));
      for (const owner of lines.keys()) if (!owners.has(owner)) lines.delete(owner);
    },
    take(nowMs, isBusy) {
      const entry = wasAgain
        ? (findInTurn(nowMs, isBusy) ?? findIn(again, nowMs, isBusy))
        : (findIn(again, nowMs, isBusy) ?? findInTurn(nowMs, isBusy));
      if (entry === null) return null;
      wasAgain = entry.line === again;
      entry.isTaken = true;
      entry.line.delete(entry.target.key);
      return entry.target;
    },
    done(key, nowMs, isAgain) {
      const entry = entries.get(key);
      if (entry === undefined || !entry.isTaken) return;
      const { serviceId } = entry.target;
      entry.isTaken = false;
      entry.line = isAgain ? again : lineOf(entry.target);
      entry.dueMs =
        nowMs + (isAgain ? limits.againMs : serviceId === null ? limits.swarmEveryMs : limits.everyMs);
      entry.line.add(key);
    },
    connectionsFor({ connections }) {
      const share = Math.floor((limits.perSecond * limits.roundMs) / 1_000 / Math.max(1, ofServices));
      const budget = (limits.perSecond * limits.everyMs) / 1_000;
      return wanted <= budget ? connections : Math.max(1, Math.min(connections, share));
    },
    nextDueMs() {
      let firstMs = Number.POSITIVE_INFINITY;
      for (const line of [again, ...lines.values()]) {
        const [key] = line;
        firstMs = Math.min(firstMs, entries.get(key ?? '')?.dueMs ?? Number.POSITIVE_INFINITY);
      }
      return firstMs;
    },
    size: () => entries.size,
  };
}
