/** What waits, each for a party: one of each party in turn, so that nobody waits longer because another one sends much. */
export interface FairQueue<Item> {
  /** @returns how to take it back; `null`: too many wait already */
  add(item: Item, party: string): (() => void) | null;
  /** Takes out whose turn it is; `null`: nobody waits. */
  take(): Item | null;
  readonly size: number;
}

export function createFairQueue<Item>(max: number): FairQueue<Item> {
  const parties = new Map<string, Set<{ item: Item }>>();
  let size = 0;

  function remove(entry: { item: Item }, party: string): boolean {
    const own = parties.get(party);
    if (own?.delete(entry) !== true) return false;
    size -= 1;
    if (own.size === 0) parties.delete(party);
    return true;
  }

  return {
    add(item, party) {
      if (size >= max) return null;
      const entry = { item };
      const own = parties.get(party) ?? new Set();
      parties.set(party, own.add(entry));
      size += 1;
      return () => void remove(entry, party);
    },
    take() {
      const [next] = parties;
      if (next === undefined) return null;
      const [party, own] = next;
      const [entry] = own;
      parties.delete(party);
      // To the end of the round.
      parties.set(party, own);
      if (entry === undefined) return null;
      remove(entry, party);
      return entry.item;
    },
    get size() {
      return size;
    },
  };
}
