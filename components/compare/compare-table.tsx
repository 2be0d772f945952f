import { Panel } from '#components/ui/panel.tsx';
import type { ServiceComparison } from '#lib/model/contract/comparison.ts';
import type { Compared } from '#lib/view/compare/find-outliers.ts';
import { type Comparison, NEWEST_SHARE, type SlotFacts } from '#lib/view/compare/to-comparison.ts';
import { formatBytes } from '#lib/view/format/amounts.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatDuration, formatSpan } from '#lib/view/format/times.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/compare.ts';

/** The same in numbers, what stands out first. */
export function CompareTable({ past, comparison }: { past: ServiceComparison; comparison: Comparison }) {
  const { slots, out } = comparison;
  if (slots.length === 0) return null;
  const rows = [...out, ...slots.filter(({ isOut }) => !isOut)];
  const stretch = formatSpan((past.untilMs - past.fromMs) * NEWEST_SHARE);
  return (
    <Panel title={words.numbersTitle} note={words.numbersNote(stretch)}>
      <div className="compare-scroll">
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{words.slot}</th>
              <th scope="col">{words.node}</th>
              <th scope="col">{words.probes}</th>
              <th scope="col">{words.failed}</th>
              <th scope="col">{words.memory}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.slot.key} serviceName={past.serviceName} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="compare-rule text-muted">{words.rule}</p>
    </Panel>
  );
}

function Row({ serviceName, row }: { serviceName: string; row: SlotFacts }) {
  const { slot, name, probe, memory, failed, isOut } = row;
  return (
    <tr data-slot={slot.key} data-out={isOut}>
      <th scope="row">
        <a className="text-accent" href={toReplicaHref(serviceName, slot.key)}>
          {name}
        </a>
        {!slot.current && <span className="text-faint"> {words.gone}</span>}
      </th>
      <td className="long-name">{slot.hostname ?? words.notKnown}</td>
      <td>
        <Value compared={probe} format={formatDuration} />
      </td>
      <td>{formatCount(failed)}</td>
      <td>
        <Value compared={memory} format={formatBytes} />
      </td>
    </tr>
  );
}

function Value({
  compared: { value, times },
  format,
}: {
  compared: Compared;
  format: (value: number) => string;
}) {
  if (value === null) return <span className="text-faint">{words.notKnown}</span>;
  if (times === null) return format(value);
  return (
    <span className="status-word s-failing">
      <span className="status-glyph" aria-hidden="true" />
      {format(value)} <small>{words.timesOthers(times.toFixed(times < 10 ? 1 : 0))}</small>
    </span>
  );
}
