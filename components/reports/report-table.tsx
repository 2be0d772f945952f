import { InTurn } from '#components/ui/in-turn.tsx';
import type { Report, ReportBar, ServiceReport, StackReport } from '#lib/model/contract/report.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toReportHref, toServiceHref } from '#lib/view/links/to-href.ts';
import {
  chooseRows,
  countRestarts,
  describeBudget,
  describeCauses,
  describeDown,
  describeShare,
} from '#lib/view/report/to-report-page.ts';
import * as words from '#words/pages/reports.ts';
import { KindBar } from './kind-bar.tsx';
import { BAR_TONES, ReportBars } from './report-bars.tsx';
import { type ReportAddress, toHref } from './report-links.tsx';

const LEGEND: readonly ReportBar[] = ['up', 'reduced', 'down', 'long', 'unknown'];
const COLUMNS = 9;
/** Some milliseconds of work: whoever else asks has their turn between them. */
const ROWS_AT_ONCE = 10;

/** Each service with its bars, its figures and what is left of its budget; by stack, or the worst first. */
export function ReportTable({ report, address }: { report: Report; address: ReportAddress }) {
  const { services, stacks, days } = report;
  const { isWorstFirst, isAll } = address;
  const { rows, quiet, isCut, count } = chooseRows(services, { isWorstFirst, isAll });
  const groups = isWorstFirst ? new Map([[null, rows]]) : Map.groupBy(rows, ({ stack }) => stack);
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const isFolded = quiet > 0 || isAll;
  let turns = 0;
  return (
    <section className="panel report-services" aria-label={words.tableTitle}>
      <div className="panel-title">
        <h2>{isWorstFirst ? words.tableWorst : words.tableTitle}</h2>
        {isFolded && (
          <span className="report-quiet">
            {quiet > 0 && words.quiet(formatCount(quiet), quiet === 1)}{' '}
            <a className="text-accent underline" href={toHref({ ...address, isAll: !isAll })}>
              {isAll ? words.showFew : words.showAll(formatCount(services.length))}
            </a>
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noServices}</p>
      ) : (
        <div className="report-scroll">
          <table className="report-table">
            <caption className="sr-only">{words.tableTitle}</caption>
            <thead>
              <tr>
                <th scope="col">{words.service}</th>
                <th scope="col">{words.bars[days]}</th>
                <th scope="col" className="num">
                  {words.uptime}
                </th>
                <th scope="col" className="num">
                  {words.known}
                </th>
                <th scope="col" className="num">
                  {words.incidents}
                </th>
                <th scope="col" className="num">
                  {words.recovery}
                </th>
                <th scope="col">{words.restartsByCause}</th>
                <th scope="col" className="num">
                  {words.bySlo}
                </th>
                <th scope="col">{words.budget}</th>
              </tr>
            </thead>
            {[...groups].map(([stack, members]) => (
              <tbody key={stack ?? ''}>
                {!isWorstFirst && report.scope.service === null && (
                  <StackRow stack={byName.get(stack) ?? null} days={days} />
                )}
                {toPieces(members).map((some) => (
                  <InTurn key={some[0]?.name} after={turns++}>
                    {() =>
                      some.map((service) => <ServiceRow key={service.name} service={service} days={days} />)
                    }
                  </InTurn>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      )}
      <p className="panel-foot report-legend">
        {LEGEND.map((bar) => (
          <span key={bar}>
            <i className={`report-key ${BAR_TONES[bar]}`} data-bar={bar} aria-hidden="true" />{' '}
            {words.barNames[bar]}
          </span>
        ))}
        {isCut && <span>{words.rowsCut(formatCount(rows.length), formatCount(count))}</span>}
      </p>
    </section>
  );
}

function toPieces(services: readonly ServiceReport[]): ServiceReport[][] {
  const count = Math.ceil(services.length / ROWS_AT_ONCE);
  return Array.from({ length: count }, (_, n) => services.slice(n * ROWS_AT_ONCE, (n + 1) * ROWS_AT_ONCE));
}

function StackRow({ stack, days }: { stack: StackReport | null; days: number }) {
  if (stack === null) return null;
  const { name, services, uptime, incidents, restarts } = stack;
  return (
    <tr className="report-stack">
      <th scope="rowgroup" colSpan={2}>
        {name === null ? (
          words.noStack
        ) : (
          <a href={toReportHref({ stack: name, days: String(days) })}>{name}</a>
        )}{' '}
        <span className="text-muted">{words.services(formatCount(services), services === 1)}</span>
      </th>
      <td className="num">
        <b>{describeShare(uptime.percent)}</b>
      </td>
      <td className="num text-muted">{describeShare(uptime.knownPercent)}</td>
      <td className="num">{formatCount(incidents.count)}</td>
      <td className="num">{incidents.recovery !== null && formatSpan(incidents.recovery.medianMs)}</td>
      <td colSpan={COLUMNS - 6}>{formatCount(countRestarts(restarts))}</td>
    </tr>
  );
}

function ServiceRow({ service, days }: { service: ServiceReport; days: number }) {
  const { name, isGone, bars, uptime, incidents, restarts, slo } = service;
  const isOver = slo?.state === 'spent';
  const tone = isOver ? 's-unhealthy' : slo?.state === 'fast' ? 's-failing' : '';
  return (
    <tr data-service={name} data-slo={slo?.state ?? 'none'} className={tone}>
      <th scope="row">
        {isGone ? name : <a href={toServiceHref(name)}>{name}</a>}
        {isGone && <small>{words.removed}</small>}
      </th>
      <td>
        <ReportBars bars={bars} />
      </td>
      <td className="num">
        <b>{describeShare(uptime.percent)}</b>
        <small>{keepTogether(describeDown(uptime))}</small>
      </td>
      <td className="num text-muted" data-label={words.known}>
        {describeShare(uptime.knownPercent)}
      </td>
      <td className="num" data-label={words.incidents}>
        {formatCount(incidents.count)}
        {incidents.open > 0 && <small>{words.openAtEnd(formatCount(incidents.open))}</small>}
      </td>
      <td className="num" data-label={words.recovery}>
        {incidents.recovery !== null && (
          <>
            {formatSpan(incidents.recovery.medianMs)}
            {incidents.recovery.count > 1 && (
              <small>{keepTogether(words.longest(formatSpan(incidents.recovery.longestMs)))}</small>
            )}
          </>
        )}
      </td>
      <td data-label={words.restarts}>
        {restarts.length === 0 ? (
          <span className="text-faint">{words.none}</span>
        ) : (
          <>
            <span className="report-restarts">
              <b>{formatCount(countRestarts(restarts))}</b> <KindBar restarts={restarts} />
            </span>
            <small>{keepTogether(describeCauses(restarts))}</small>
          </>
        )}
      </td>
      <td className="num" data-label={words.bySlo}>
        {slo === null ? <span className="text-faint">–</span> : `${slo.target} %`}
      </td>
      <td>
        <Budget service={service} days={days} />
      </td>
    </tr>
  );
}

function Budget({ service: { slo }, days }: { service: ServiceReport; days: number }) {
  if (slo === null) return <span className="text-faint">{words.noTarget}</span>;
  const { left, pace, share } = describeBudget(slo, days);
  return (
    <span className="report-budget" data-over={slo.state === 'spent'}>
      <b>{left}</b>
      <span className="use-bar" aria-hidden="true">
        <i style={{ width: `${Math.round(share * 1000) / 10}%` }} />
      </span>
      <small>{pace}</small>
    </span>
  );
}
