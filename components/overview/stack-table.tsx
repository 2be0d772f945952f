import { Activity, memo } from 'react';
import * as words from '#words/pages/overview.ts';
import { TablePortion } from './table-portion.tsx';

const ROWS_AT_ONCE = 20;
/** The column whose head is only read out: its numbers say what they are. */
const COUNT = 2;

interface StackTableProps {
  stack: string | null;
  serviceIds: string[];
  /** There is no other group: one without a stack then needs no title. */
  alone: boolean;
}

/** The services of one stack. */
export const StackTable = memo(function StackTable({ stack, serviceIds, alone }: StackTableProps) {
  const title = stack ?? (alone ? null : words.noStack);
  return (
    <table className="panel grid-table" aria-label={stack === null ? words.withoutStack : words.stack(stack)}>
      {title !== null && (
        <caption className={stack === null ? 'services-stack text-faint' : 'services-stack'}>{title}</caption>
      )}
      <thead>
        <tr className="services-head">
          {words.columns.map((column, at) => (
            <th key={column} scope="col">
              {at === COUNT ? <span className="sr-only">{column}</span> : column}
            </th>
          ))}
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
