import { Activity, memo } from 'react';
import * as words from '#words/pages/overview.ts';
import { TablePortion } from './table-portion.tsx';

const ROWS_AT_ONCE = 20;

interface StackTableProps {
  stack: string | null;
  serviceIds: string[];
  /** There is no other group: one without a stack then needs no title. */
  alone: boolean;
}

/** The services of one stack. */
export const StackTable = memo(function StackTable({ stack, serviceIds, alone }: StackTableProps) {
  const title = stack ?? (alone ? null : 'no stack');
  return (
    <table className="panel grid-table" aria-label={stack === null ? words.withoutStack : `Stack ${stack}`}>
      {title !== null && (
        <caption className={stack === null ? 'services-stack text-faint' : 'services-stack'}>{title}</caption>
      )}
      <thead>
        <tr className="services-head">
          <th scope="col">Service</th>
          <th scope="col">Replicas</th>
          <th scope="col">
            <span className="sr-only">Count</span>
          </th>
          <th scope="col">Health check</th>
          <th scope="col">Restarts, 1 h</th>
          <th scope="col">Last change</th>
        </tr>
      </thead>
      {toPortions(serviceIds, ROWS_AT_ONCE).map((portion) => (
        // The browser takes over a long table portion by portion, not in one long task, and need not look at each row
        // of those that are out of view.
        <Activity key={portion[0]}>
          <TablePortion serviceIds={portion} />
        </Activity>
      ))}
    </table>
  );
});

/** Cuts a list into portions of at most `most`, in order. */
function toPortions<T>(items: readonly T[], max: number): T[][] {
  const portions: T[][] = [];
  for (let at = 0; at < items.length; at += max) portions.push(items.slice(at, at + max));
  return portions;
}
