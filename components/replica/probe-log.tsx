import { memo } from 'react';
import { ClockTime } from '#components/live/times.tsx';
import { toProbeLook } from '#components/status/detail-looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Output } from '#components/ui/output.tsx';
import type { Probe } from '#lib/model/docker/probe.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatDuration } from '#lib/view/format/times.ts';
import * as words from '#words/pages/replica.ts';

const ProbeRow = memo(function ProbeRow({ probe, nearMs }: { probe: Probe; nearMs: number }) {
  return (
    <tr className="probe-row" data-exit-code={probe.exitCode}>
      <td className="font-mono text-[12.5px]">
        <ClockTime atMs={probe.startedAtMs} nearMs={nearMs} />
      </td>
      <td>{formatDuration(probe.durationMs)}</td>
      <td className="probe-result">
        <StatusWord look={toProbeLook(probe)} />
      </td>
      <td className="min-w-0">
        <Output text={probe.output} truncated={probe.truncated} />
      </td>
    </tr>
  );
});

/** Probes one by one, newest first: start, duration, result in words, output. */
function ProbeLog({ probes, nowMs }: { probes: readonly Probe[]; nowMs: number }) {
  // A row must not be drawn anew because time went by: days are enough to decide whether the date is needed.
  const nearMs = Math.floor(nowMs / 3_600_000) * 3_600_000;
  return (
    <table className="grid-table" aria-label={words.probes}>
      <thead>
        <tr className="probe-row probe-head">
          <th scope="col">{words.probeColumns.started}</th>
          <th scope="col">{words.probeColumns.took}</th>
          <th scope="col">{words.probeColumns.result}</th>
          <th scope="col">{words.probeColumns.output}</th>
        </tr>
      </thead>
      <tbody>
        {probes.toReversed().map((probe) => (
          <ProbeRow key={`${probe.startedAtMs}-${probe.endedAtMs}`} probe={probe} nearMs={nearMs} />
        ))}
      </tbody>
    </table>
  );
}

const NEWEST = 12;

/** The newest probes one by one; the others fold out. */
export function FoldedProbeLog({ probes, nowMs }: { probes: readonly Probe[]; nowMs: number }) {
  return (
    <>
      <ProbeLog probes={probes.slice(-NEWEST)} nowMs={nowMs} />
      {probes.length > NEWEST && (
        <details className="more-probes">
          <summary>
            {words.earlierProbes(formatCount(probes.length - NEWEST), probes.length - NEWEST === 1)}
          </summary>
          <ProbeLog probes={probes.slice(0, -NEWEST)} nowMs={nowMs} />
        </details>
      )}
    </>
  );
}
