/** Edits of an ordered list whose items have a key; the list is copied only when something changes. */
export interface KeyedEdit<T> {
  get(key: string): T | undefined;
  set(item: T): void;
  delete(key: string): void;
  /** The list after the edits, in order; the original one when there were none. */
  list(): T[];
}

type Places = ReadonlyMap<string, number>;

// A list that differs from another in items alone has its places, too: found once, until one comes or goes.
const known = new WeakMap<readonly unknown[], Places>();

/**
 * `compare` must order by what does not change without the item being set anew, and `keyOf` be the same for all edits of a
 * list. To replace an item costs no more than a copy of the list, however long that is.
 */
export function createKeyedEdit<T>(
  original: T[],
  keyOf: (item: T) => string,
  compare: (a: T, b: T) => number,
): KeyedEdit<T> {
  const replaced = new Map<string, T>();
  const added = new Map<string, T>();
  const deleted = new Set<string>();
  let isReordered = false;
  let places = known.get(original);
  const placeOf = (key: string): number | undefined => {
    if (places === undefined) {
      places = new Map(original.map((item, index) => [keyOf(item), index]));
      known.set(original, places);
    }
    return places.get(key);
  };
  const get = (key: string): T | undefined => {
    const edited = replaced.get(key) ?? added.get(key);
    if (edited !== undefined || deleted.has(key)) return edited;
    const place = placeOf(key);
    return place === undefined ? undefined : original[place];
  };
  return {
    get,
    set(item) {
      const key = keyOf(item);
      const before = get(key);
      if (before === undefined || compare(before, item) !== 0) isReordered = true;
      // One that was deleted comes back as a new one: where it stood is not where it belongs.
      const isPlaced = placeOf(key) !== undefined && !deleted.has(key);
      (isPlaced ? replaced : added).set(key, item);
    },
    delete(key) {
      if (added.delete(key)) return;
      if (placeOf(key) === undefined) return;
      replaced.delete(key);
      deleted.add(key);
    },
    list() {
      if (replaced.size + added.size + deleted.size === 0) return original;
      const list = original.slice();
      for (const [key, item] of replaced) {
        const place = placeOf(key);
        if (place !== undefined) list[place] = item;
      }
      if (added.size + deleted.size === 0 && !isReordered) {
        if (places !== undefined) known.set(list, places);
        return list;
      }
      const left = [...list.filter((item) => !deleted.has(keyOf(item))), ...added.values()];
      return isReordered ? left.sort(compare) : left;
    },
  };
}
