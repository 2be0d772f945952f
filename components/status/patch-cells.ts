import type { Replica } from '#lib/model/contract/picture.ts';
import { formatCells } from './format-cells.ts';
import { toCell } from './to-cell.ts';

interface Cells {
  serviceName: string;
  replicas: readonly Replica[];
  repeated: boolean;
}

function writeCell(element: Element, serviceName: string, replica: Replica, repeated: boolean): void {
  for (const [name, value] of toCell(serviceName, replica, repeated))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Turns the cells in `parent`, which show `before`, into those of `after`: touches only what differs, so that focus and
 * pointer stay where they are.
 */
export function patchCells(parent: Element, before: readonly Replica[], after: Cells): void {
  const { serviceName, replicas, repeated } = after;
  const elements = [...parent.children];
  if (elements.length !== before.length) {
    parent.innerHTML = formatCells(serviceName, replicas, repeated);
    return;
  }
  const shown = new Map(before.map((replica, at) => [replica.key, { replica, element: elements[at] }]));
  let next = parent.firstElementChild;
  for (const replica of replicas) {
    const old = shown.get(replica.key);
    shown.delete(replica.key);
    const element = old?.element ?? document.createElement('a');
    if (old?.replica !== replica) writeCell(element, serviceName, replica, repeated);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  for (const { element } of shown.values()) element?.remove();
}
