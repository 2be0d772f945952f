import { Age } from '#components/live/times.tsx';
import { toProbeLook } from '#components/status/detail-looks.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { formatDuration } from '#lib/view/format/times.ts';

/** A probe in one line: `exit 0, 41 ms, 2 s ago`. */
export function ProbeResult({ probe }: { probe: Probe }) {
  const { word, className } = toProbeLook(probe);
  return (
    <>
      <span className={probe.exitCode === 0 ? '' : `status-word ${className}`}>{word}</span>,{' '}
      {formatDuration(probe.durationMs)}, <Age atMs={probe.endedAtMs} />
    </>
  );
}
