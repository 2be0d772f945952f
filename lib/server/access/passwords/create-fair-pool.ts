/** Who waits for a turn: each in order while they are few; by lot, each with the same chance, once they are many. */
export interface FairPool<Item> {
  /** @returns who has no place now: the new one, or another in whose place it is; `null`: nobody */
  add(item: Item): Item | null;
  /** Takes out whose turn it is of those that are ready; `null`: nobody. */
  take(isReady: (item: Item) => boolean): Item | null;
  delete(item: Item): void;
  readonly items: ReadonlySet<Item>;
}

/**
 * In order, somebody who asks again at once whenever a place is free would have them all. So once there are more than
 * `maxInOrder` the turn goes to any group, and there to any of them. Where even `max` is not enough, the largest group
 * loses one by lot; those of one group that come between two turns share its places by lot with those that have one.
 *
 * @param random from 0 up to 1
 * @param toGroup who share their chances; left out: all of them
 */
export function createFairPool<Item>({
  max,
  maxInOrder,
  random,
  toGroup = () => '',
}: {
  max: number;
  maxInOrder: number;
  random(): number;
  toGroup?(item: Item): string;
}): FairPool<Item> {
  const items = new Set<Item>();
  /** That came since the last turn and found all places taken. */
  let surplus = 0;

  const pick = <One>(from: readonly One[]): One | null => from[Math.floor(random() * from.length)] ?? null;

  function pickFair(from: readonly Item[]): Item | null {
    return pick(pick([...Map.groupBy(from, toGroup).values()]) ?? []);
  }

  return {
    items,
    add(item) {
      if (items.size < max) {
        items.add(item);
        return null;
      }
      const groups = Map.groupBy(items, toGroup);
      const size = (groups.get(toGroup(item))?.length ?? 0) + 1;
      const most = Math.max(...[...groups.values()].map((group) => group.length));
      const largest = [...groups.values()].filter((group) => group.length === most).flat();
      if (size >= most) {
        surplus += 1;
        if (random() >= largest.length / (largest.length + surplus)) return item;
      }
      const out = pick(largest);
      if (out !== null) items.delete(out);
      items.add(item);
      return out;
    },
    take(isReady) {
      const isFew = items.size <= maxInOrder;
      const ready: Item[] = [];
      for (const item of items) {
        if (isReady(item)) ready.push(item);
        if (isFew && ready.length > 0) break;
      }
      const taken = isFew ? (ready[0] ?? null) : pickFair(ready);
      if (taken === null) return null;
      items.delete(taken);
      surplus = 0;
      return taken;
    },
    delete: (item) => void items.delete(item),
  };
}
