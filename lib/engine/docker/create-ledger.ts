/**
 * How much is kept of what an engine told, by key: the newest of each container, or all tasks of each service. So what
 * comes in many answers, each within its limits, is bounded as well as what comes in one.
 */
export interface Ledger {
  /** From now on these items, and no others, are kept of these keys. */
  set(keys: Iterable<string>, items: readonly KeptItem[]): void;
  /** The same of all keys: of others nothing is kept. */
  setAll(items: readonly KeptItem[]): void;
  /** Of other keys nothing is kept any more. */
  retain(keys: ReadonlySet<string>): void;
  total(): number;
  /** Of how many keys something is kept. */
  count(): number;
}

export interface KeptItem {
  key: string;
  item: object;
}

/** @param weigh of an item: its bytes, or that it is one */
export function createLedger(weigh: (item: object) => number): Ledger {
  let weightOf = new Map<string, number>();
  /** What is told again unchanged is the same object, and looked at once. */
  const known = new WeakMap<object, number>();
  let total = 0;

  function remove(key: string): void {
    total -= weightOf.get(key) ?? 0;
    weightOf.delete(key);
  }

  function add({ key, item }: KeptItem): void {
    const weight = known.get(item) ?? weigh(item);
    known.set(item, weight);
    weightOf.set(key, (weightOf.get(key) ?? 0) + weight);
    total += weight;
  }

  return {
    set(keys, items) {
      for (const key of keys) remove(key);
      items.forEach(add);
    },
    setAll(items) {
      weightOf = new Map();
      total = 0;
      items.forEach(add);
    },
    retain(keys) {
      for (const key of weightOf.keys()) if (!keys.has(key)) remove(key);
    },
    total: () => total,
    count: () => weightOf.size,
  };
}
