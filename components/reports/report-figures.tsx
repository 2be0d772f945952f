import type { Report } from '#lib/model/contract/report.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { countRestarts, countSlos, describeDown, describeShare } from '#lib/view/report/to-report-page.ts';
import * as words from '#words/pages/reports.ts';
import { KindBar } from './kind-bar.tsx';

/** The figures of all services together. */
export function ReportFigures({ report }: { report: Report }) {
  const { total, services, scope } = report;
  const { uptime, incidents, restarts } = total;
  const slos = countSlos(services);
  const filter = new URLSearchParams(
    scope.service !== null ? { service: scope.service } : scope.stack !== null ? { stack: scope.stack } : {},
  );
  return (
    <section className="panel report-figures" aria-label={words.heading(words.title, report.days)}>
      <div>
        <h2>{words.uptime}</h2>
        <b>{describeShare(uptime.percent)}</b>
        <small>{uptime.percent === null ? words.ofKnown : keepTogether(describeDown(uptime))}</small>
      </div>
      <div>
        <h2>{words.known}</h2>
        <b>{describeShare(uptime.knownPercent)}</b>
        <small>
          {uptime.unknown >= 1_000
            ? keepTogether(words.notKnown(formatSpan(uptime.unknown)))
            : words.wholeKnown}
        </small>
      </div>
      <div>
        <h2>{words.incidents}</h2>
        <b>{formatCount(incidents.count)}</b>
        <small>
          {incidents.open > 0 && <>{keepTogether(words.openAtEnd(formatCount(incidents.open)))}, </>}
          <a
            className="text-accent underline"
            href={toPath(`/incidents${filter.size > 0 ? `?${filter}` : ''}`)}
          >
            {words.allIncidents}
          </a>
        </small>
      </div>
      <div>
        <h2>{words.recovery}</h2>
        <b>{incidents.recovery === null ? '–' : formatSpan(incidents.recovery.medianMs)}</b>
        <small>
          {incidents.recovery === null
            ? words.noRecovery
            : keepTogether(words.median(formatSpan(incidents.recovery.longestMs)))}
        </small>
      </div>
      <div>
        <h2>{words.slo}</h2>
        <b>{slos === null ? '–' : words.kept(slos.kept, slos.of)}</b>
        <small>
          {slos === null
            ? words.setTarget
            : [
                words.missed(slos.missed, slos.missed === 1),
                ...(slos.unknown > 0 ? [words.notKnownOf(slos.unknown, slos.unknown === 1)] : []),
              ].join(', ')}
        </small>
      </div>
      <div>
        <h2>{words.restarts}</h2>
        <b>{formatCount(countRestarts(restarts))}</b>
        <small>{words.withoutUpdates}</small>
        <KindBar restarts={restarts} />
      </div>
    </section>
  );
}
