import { memo } from 'react';
import type { ReplicaStatus } from '#lib/model/replica-status.ts';
import { STATUS_LOOKS } from './looks.ts';

interface ReplicaCellProps {
  /** The service's name and the replica's key, where this is the replica's own element; null for a repetition of it. */
  id: string | null;
  href: string;
  name: string;
  hostname: string | null;
  status: ReplicaStatus;
  streak: string | null;
}

/**
 * One replica as a cell that leads to its page. There may be ten thousand of them: a plain link (SoftLinks makes it
 * quick), of primitive props, so that it is drawn anew only when it changes.
 */
export const ReplicaCell = memo(function ReplicaCell(props: ReplicaCellProps) {
  const { id, href, name, hostname, status, streak } = props;
  const look = STATUS_LOOKS[status];
  const place = hostname === null || name.endsWith(hostname) ? '' : ` on ${hostname}`;
  return (
    // biome-ignore lint/a11y/useAnchorContent: its label is its content; what is seen is drawn by status.css.
    <a
      className={`cell ${look.className}`}
      href={href}
      data-replica={id ?? undefined}
      data-status={id === null ? undefined : status}
      aria-label={`${name}${place}: ${look.word}${streak === null ? '' : `, ${streak}`}`}
    />
  );
});
