import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { Replica } from '#lib/model/contract/picture.ts';
import { formatCells } from './format-cells.ts';
import { patchCells } from './patch-cells.ts';

interface ReplicaCellsProps {
  serviceName: string;
  replicas: readonly Replica[];
  /** These are not the replicas' own elements but repeat them. */
  repeated?: boolean;
}

/**
 * All replicas of a service as cells. There may be ten thousand on a page, so they are one piece of HTML to React: not
 * walked through when the page is rendered or taken over; afterwards only what changes is touched. Plain links
 * (SoftLinks makes them quick), titles come with the pointer (LocalTitles).
 */
export const ReplicaCells = memo(function ReplicaCells(props: ReplicaCellsProps) {
  const { serviceName, replicas, repeated = false } = props;
  const parent = useRef<HTMLSpanElement>(null);
  const shown = useRef(replicas);
  const [html] = useState(() => ({ __html: formatCells(serviceName, replicas, repeated) }));
  useLayoutEffect(() => {
    if (parent.current !== null && shown.current !== replicas)
      patchCells(parent.current, shown.current, { serviceName, replicas, repeated });
    shown.current = replicas;
  }, [serviceName, replicas, repeated]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: every value in it is escaped (formatCells).
  return <span className="cells" ref={parent} dangerouslySetInnerHTML={html} />;
});
