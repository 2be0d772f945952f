/**
 * Moves the focus among links laid out in rows with the arrow keys: left and right inside a row, up and down to the link
 * that lies nearest in the next row. False when the key is another one or there is nothing to go to.
 */
export function moveAmong(root: Element, rowSelector: string, itemSelector: string, key: string): boolean {
  const focused = document.activeElement;
  const row = focused?.closest(rowSelector);
  if (!(focused instanceof HTMLElement) || !row || !root.contains(row)) return false;
  const itemsOf = (one: Element) => [...one.querySelectorAll<HTMLElement>(itemSelector)];
  const go = (item: HTMLElement | undefined) => {
    item?.focus();
    return item !== undefined;
  };
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const items = itemsOf(row);
    return go(items[items.indexOf(focused) + (key === 'ArrowLeft' ? -1 : 1)]);
  }
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
  const rows = [...root.querySelectorAll(rowSelector)];
  const next = rows[rows.indexOf(row) + (key === 'ArrowUp' ? -1 : 1)];
  if (next === undefined) return false;
  const middle = (item: HTMLElement) => {
    const { left, width } = item.getBoundingClientRect();
    return left + width / 2;
  };
  const at = middle(focused);
  return go(itemsOf(next).sort((a, b) => Math.abs(middle(a) - at) - Math.abs(middle(b) - at))[0]);
}
