import type { PortTarget } from '#lib/model/docker/port-check.ts';
import type { Limits } from './limits.ts';

/**
 * What to ask next: pure, it knows no sockets and no timers. Targets of one kind are asked every so often and stand in
 * the order in which they are due, so that to choose one costs nothing; what just failed comes before what is due, but
 * takes no more than every second turn.
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

type Lane = 'again' | 'regular' | 'swarm';

interface Entry {
  target: PortTarget;
  lane: Lane;
  dueMs: number;
  isTaken: boolean;
}

/** Looked at so many, for one whose node is not busy. */
const MAX_LOOKS = 50;

export function createSchedule(limits: Limits): Schedule {
  const entries = new Map<string, Entry>();
  /** Keys in the order in which they are due. */
  const lanes: Readonly<Record<Lane, Set<string>>> = {
    again: new Set(),
    regular: new Set(),
    swarm: new Set(),
  };
  let wanted = 0;
  let ofServices = 0;
  let wasAgain = false;

  const laneOf = (target: PortTarget): Lane => (target.serviceId === null ? 'swarm' : 'regular');

  function findIn(lane: Lane, nowMs: number, isBusy: (nodeId: string) => boolean): Entry | null {
    let looks = 0;
    for (const key of lanes[lane]) {
      const entry = entries.get(key);
      if (entry === undefined || entry.dueMs > nowMs || looks >= MAX_LOOKS) return null;
      if (!isBusy(entry.target.nodeId)) return entry;
      looks += 1;
    }
    return null;
  }

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry) lanes[entry.lane].delete(key);
    entries.delete(key);
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
        const lane = laneOf(target);
        entries.set(target.key, { target, lane, dueMs: nowMs, isTaken: false });
        lanes[lane].add(target.key);
      }
    },
    take(nowMs, isBusy) {
      const order: readonly Lane[] = wasAgain ? ['regular', 'swarm', 'again'] : ['again', 'regular', 'swarm'];
      for (const lane of order) {
        const entry = findIn(lane, nowMs, isBusy);
        if (entry === null) continue;
        wasAgain = lane === 'again';
        entry.isTaken = true;
        lanes[lane].delete(entry.target.key);
        return entry.target;
      }
      return null;
    },
    done(key, nowMs, again) {
      const entry = entries.get(key);
      if (entry === undefined || !entry.isTaken) return;
      entry.isTaken = false;
      entry.lane = again ? 'again' : laneOf(entry.target);
      entry.dueMs =
        nowMs + { again: limits.againMs, regular: limits.everyMs, swarm: limits.swarmEveryMs }[entry.lane];
      lanes[entry.lane].add(key);
    },
    connectionsFor({ connections }) {
      const share = Math.floor((limits.perSecond * limits.roundMs) / 1_000 / Math.max(1, ofServices));
      const budget = (limits.perSecond * limits.everyMs) / 1_000;
      return wanted <= budget ? connections : Math.max(1, Math.min(connections, share));
    },
    nextDueMs() {
      let firstMs = Number.POSITIVE_INFINITY;
      for (const lane of Object.values(lanes)) {
        const [key] = lane;
        firstMs = Math.min(firstMs, entries.get(key ?? '')?.dueMs ?? Number.POSITIVE_INFINITY);
      }
      return firstMs;
    },
    size: () => entries.size,
  };
}
