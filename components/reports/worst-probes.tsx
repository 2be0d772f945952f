import { Panel } from '#components/ui/panel.tsx';
import type { ServiceReport } from '#lib/model/contract/report.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatDuration } from '#lib/view/format/times.ts';
import { formatTimeFrame } from '#lib/view/history/time-frame.ts';
import { formatPercent } from '#lib/view/history/uptime.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { findWorstProbes } from '#lib/view/report/to-report-page.ts';
import * as words from '#words/pages/reports.ts';

const SHOWN = 8;
const AROUND_MS = 150_000;

/** Services whose probes failed most, and where the slowest of them was. */
export function WorstProbes({ services }: { services: readonly ServiceReport[] }) {
  const worst = findWorstProbes(services, SHOWN);
  return (
    <Panel title={words.probesTitle} note={words.probesNote}>
      {worst.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noProbes}</p>
      ) : (
        <ul className="worst-probes">
          {worst.map(({ name, isGone, probes }) =>
            probes === null ? null : (
              <li key={name}>
                {isGone ? <b>{name}</b> : <a href={toServiceHref(name)}>{name}</a>}
                <span>
                  {words.failedOf(
                    formatCount(probes.failed),
                    formatCount(probes.count),
                    formatPercent((100 * probes.failed) / probes.count),
                  )}
                </span>
                <Slowest name={name} isGone={isGone} probes={probes} />
              </li>
            ),
          )}
        </ul>
      )}
    </Panel>
  );
}

type SlowestProps = { name: string; isGone: boolean; probes: NonNullable<ServiceReport['probes']> };

/** Leads to the replica at that time. */
function Slowest({ name, isGone, probes: { slowestMs, slowestAtMs, slowestKey } }: SlowestProps) {
  const text = words.slowest(formatDuration(slowestMs));
  if (isGone || slowestKey === null) return <span>{text}</span>;
  const frame = { kind: 'fixed', fromMs: slowestAtMs - AROUND_MS, untilMs: slowestAtMs + AROUND_MS } as const;
  const query = new URLSearchParams(formatTimeFrame(frame));
  return (
    <a className="text-accent" href={`${toReplicaHref(name, slowestKey)}?${query}`}>
      {text}
    </a>
  );
}
