/**
 * The ordered list with some items replaced, added, or taken out (`null`), by id. The same array when none differs.
 * Sorts only when an item is new or changed its place.
 */
export function replaceItems<T extends { id: string }>(
  before: T[],
  changed: ReadonlyMap<string, T | null>,
  compare: (a: T, b: T) => number,
): T[] {
  if (changed.size === 0) return before;
  const added = new Map(changed);
  const list: T[] = [];
  let isSame = true;
  let isMoved = false;
  for (const item of before) {
    const next = changed.get(item.id);
    if (next === undefined) {
      list.push(item);
      continue;
    }
    added.delete(item.id);
    if (next !== item) isSame = false;
    if (next === null) continue;
    if (next !== item && compare(item, next) !== 0) isMoved = true;
    list.push(next);
  }
  for (const item of added.values()) {
    if (item === null) continue;
    list.push(item);
    isSame = false;
    isMoved = true;
  }
  if (isSame) return before;
  return isMoved ? list.sort(compare) : list;
}
