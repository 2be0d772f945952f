import type { FairQueue } from './create-fair-queue.ts';
import { toSite } from './to-party.ts';

/** Who waits: the address that they come from, and who they are there. */
export interface Pair {
  from: string;
  who: string;
}

interface Entry<Item> {
  item: Item;
  /** The network of the address, and who it is: the names that it counts for. */
  names: readonly [string, string];
  drop(): void;
}

interface Name {
  count: number;
  /** When it had a turn, or came; the higher, the later. */
  turn: number;
}

/** When either of its names had a turn, or came. */
interface Turns {
  last: number;
  first: number;
}

/** After so many turns, those that somebody had count half. */
const TURNS_COUNT_FOR = 512;

/**
 * What waits, each for somebody at an address. Next is who waits since longest for a turn of either: so nobody has more of
 * them for coming from many addresses, nor for signing in many times or under many names at one, and people who share an
 * address take turns there. Where it is full and nobody has more in it than others, whoever had most turns lately gives way
 * to who had fewer: so those who come again and again, by however many sessions, leave nobody outside. It is meant for a
 * hundred or so: each look goes over all of them.
 */
export function createPairQueue<Item>(max: number): FairQueue<Item, Pair> {
  const waiting = new Set<Entry<Item>>();
  const names = new Map<string, Name>();
  const served = createServed();
  let turns = 0;

  const find = (name: string): Name => names.get(name) ?? { count: 0, turn: turns };

  function remove(entry: Entry<Item>): boolean {
    if (!waiting.delete(entry)) return false;
    for (const name of entry.names) {
      const known = find(name);
      known.count -= 1;
      if (known.count === 0) names.delete(name);
    }
    return true;
  }

  function readTurns({ names: [from, who] }: Entry<Item>): Turns {
    const [a, b] = [find(from).turn, find(who).turn];
    return { last: Math.max(a, b), first: Math.min(a, b) };
  }

  /** Who gives way to this one; `null`: nobody. First the newest of the name that has most, where it has more than this one would. */
  function findExcess(own: Entry<Item>['names']): Entry<Item> | null {
    let found: Entry<Item> | null = null;
    let most = 1;
    for (const entry of waiting)
      for (const at of [0, 1] as const) {
        if (entry.names[at] === own[at]) continue;
        const more = find(entry.names[at]).count - (names.get(own[at])?.count ?? 0);
        if (more > 1 && more >= most) [found, most] = [entry, more];
      }
    return found ?? findMostServed(own[1]);
  }

  /** The newest one of whoever had most turns lately; `null`: nobody had more than this one. */
  function findMostServed(who: string): Entry<Item> | null {
    let found: Entry<Item> | null = null;
    let most = served.count(who) + 1;
    for (const entry of waiting) {
      const count = served.count(entry.names[1]);
      if (count >= most) [found, most] = [entry, count];
    }
    return found;
  }

  return {
    add(item, { from, who }, drop) {
      const own = [`from ${toSite(from)}`, `is ${who}`] as const;
      if (waiting.size >= max) {
        const excess = findExcess(own);
        if (excess === null) {
          drop();
          return () => {};
        }
        remove(excess);
        excess.drop();
      }
      turns += 1;
      for (const name of own) {
        const known = find(name);
        known.count += 1;
        names.set(name, known);
      }
      const entry = { item, names: own, drop };
      waiting.add(entry);
      return () => void remove(entry);
    },
    take() {
      let next: Entry<Item> | null = null;
      let best: Turns | null = null;
      for (const entry of waiting) {
        const turnsOf = readTurns(entry);
        if (best === null || compareTurns(turnsOf, best) < 0) [next, best] = [entry, turnsOf];
      }
      if (next === null) return null;
      turns += 1;
      for (const name of next.names) find(name).turn = turns;
      served.add(next.names[1]);
      remove(next);
      return next.item;
    },
    get size() {
      return waiting.size;
    },
  };
}

/** Who waits for longer comes first: of whose names neither had a turn since. */
function compareTurns(a: Turns, b: Turns): number {
  return a.last - b.last || a.first - b.first;
}

/** How many turns each name had lately. */
function createServed() {
  const counts = new Map<string, number>();
  let sum = 0;
  return {
    count: (name: string) => counts.get(name) ?? 0,
    add(name: string): void {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      sum += 1;
      if (sum < TURNS_COUNT_FOR) return;
      sum = 0;
      for (const [known, count] of counts)
        if (count < 2) counts.delete(known);
        else counts.set(known, count / 2);
    },
  };
}
