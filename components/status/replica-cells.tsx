import { memo, use, useLayoutEffect, useRef, useState } from 'react';
import { LiveContext } from '#lib/client/live/live-context.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { formatCells } from './format-cells.ts';
import { toCell } from './to-cell.ts';

interface ReplicaCellsProps {
  serviceName: string;
  replicas: readonly Replica[];
  /** These are not the replicas' own elements but repeat them. */
  repeated?: boolean;
}

/**
 * All replicas of a service as cells. There may be ten thousand on a page, so they are one piece of HTML to React: not
 * walked through when the page is rendered or taken over; afterwards only what changes is touched. Plain links
 * (SoftLinks makes them quick), titles come with the pointer (LocalTitles). Where the server left them out, the browser draws
 * them as soon as it takes the row over.
 */
export const ReplicaCells = memo(function ReplicaCells(props: ReplicaCellsProps) {
  const { serviceName, replicas, repeated = false } = props;
  const parent = useRef<HTMLSpanElement>(null);
  const shown = useRef(replicas);
  const isLeft = typeof window === 'undefined' && use(LiveContext)?.leavesCells;
  const [html] = useState(() => ({ __html: isLeft ? '' : formatCells(serviceName, replicas, repeated) }));
  useLayoutEffect(() => {
    const element = parent.current;
    if (element !== null && (shown.current !== replicas || element.firstChild === null))
      patchCells(element, shown.current, { serviceName, replicas, repeated });
    shown.current = replicas;
  }, [serviceName, replicas, repeated]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: every value in it is escaped (formatCells).
  return <span className="cells" ref={parent} dangerouslySetInnerHTML={html} />;
});

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
function patchCells(parent: Element, before: readonly Replica[], after: Cells): void {
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
