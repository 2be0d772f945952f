/** Edits of an ordered list whose items have a key; the list is copied only when something changes. */
export interface KeyedEdit<T> {
  get(key: string): T | undefined;
  set(item: T): void;
  delete(key: string): void;
  /** The list after the edits, in order; the original one when there were none. */
  list(): T[];
}

/** `compare` must order by what does not change without the item being set anew. */
export function createKeyedEdit<T>(
  original: T[],
  keyOf: (item: T) => string,
  compare: (a: T, b: T) => number,
): KeyedEdit<T> {
  let items: Map<string, T> | null = null;
  let isEdited = false;
  let isReordered = false;
  const index = () => {
    items ??= new Map(original.map((item) => [keyOf(item), item]));
    return items;
  };
  return {
    get: (key) => index().get(key),
    set(item) {
      const key = keyOf(item);
      const before = index().get(key);
      if (before === undefined || compare(before, item) !== 0) isReordered = true;
      index().set(key, item);
      isEdited = true;
    },
    delete(key) {
      if (index().delete(key)) isEdited = true;
    },
    list() {
      if (!isEdited) return original;
      const list = [...index().values()];
      return isReordered ? list.sort(compare) : list;
    },
  };
}
