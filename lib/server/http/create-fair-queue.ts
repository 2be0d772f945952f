import { toSite } from './to-party.ts';

/**
 * What waits, each for a party: one of each network in turn, and in it of each party, so that nobody waits longer because
 * somebody else sends much, from however many addresses.
 */
export interface FairQueue<Item, Party = string> {
  /**
   * @param drop called once when there is no place for it: at once, or later for the sake of somebody who has fewer there
   * @returns how to take it back
   */
  add(item: Item, party: Party, drop: () => void): () => void;
  /** Takes out whose turn it is; `null`: nobody waits. */
  take(): Item | null;
  readonly size: number;
}

interface Entry<Item> {
  item: Item;
  party: string;
  drop(): void;
}

interface Site<Item> {
  size: number;
  parties: Map<string, Set<Entry<Item>>>;
}

export function createFairQueue<Item>(max: number): FairQueue<Item> {
  const sites = new Map<string, Site<Item>>();
  let size = 0;

  function remove(entry: Entry<Item>): boolean {
    const name = toSite(entry.party);
    const site = sites.get(name);
    const own = site?.parties.get(entry.party);
    if (site === undefined || own?.delete(entry) !== true) return false;
    size -= 1;
    site.size -= 1;
    if (own.size === 0) site.parties.delete(entry.party);
    if (site.size === 0) sites.delete(name);
    return true;
  }

  /** The newest one of whoever has most; `null`: no site, and no other party of its site, has more than this one would. */
  function findExcess(party: string): Entry<Item> | null {
    const largest = findLargest(sites.values(), (site) => site.size);
    const own = sites.get(toSite(party));
    const isElsewhere = largest !== null && largest.size > (own?.size ?? 0) + 1;
    const most = findLargest(
      ((isElsewhere ? largest : own)?.parties ?? new Map()).values(),
      ({ size }) => size,
    );
    if (most === null || (!isElsewhere && most.size <= (own?.parties.get(party)?.size ?? 0) + 1)) return null;
    return [...most].at(-1) ?? null;
  }

  return {
    add(item, party, drop) {
      if (size >= max) {
        const excess = findExcess(party);
        if (excess === null) {
          drop();
          return () => {};
        }
        remove(excess);
        excess.drop();
      }
      const name = toSite(party);
      const site = sites.get(name) ?? { size: 0, parties: new Map<string, Set<Entry<Item>>>() };
      const own = site.parties.get(party) ?? new Set();
      const entry = { item, party, drop };
      sites.set(name, site);
      site.parties.set(party, own.add(entry));
      site.size += 1;
      size += 1;
      return () => void remove(entry);
    },
    take() {
      const [next] = sites;
      const [first] = next?.[1].parties ?? [];
      const [entry] = first?.[1] ?? [];
      if (next === undefined || first === undefined || entry === undefined) return null;
      // To the end of their rounds.
      sites.delete(next[0]);
      sites.set(...next);
      next[1].parties.delete(first[0]);
      next[1].parties.set(...first);
      remove(entry);
      return entry.item;
    },
    get size() {
      return size;
    },
  };
}

/** The one with the highest number; of several the first. */
export function findLargest<Item>(items: Iterable<Item>, toNumber: (item: Item) => number): Item | null {
  let largest: Item | null = null;
  for (const item of items) if (largest === null || toNumber(item) > toNumber(largest)) largest = item;
  return largest;
}
