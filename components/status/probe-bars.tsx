import { memo } from 'react';
import type { Probe } from '#lib/model/docker/probe.ts';
import { formatDuration } from '#lib/view/format/times.ts';
import { describeProbe } from '#lib/view/replica/probe.ts';
import { lastProbes } from '#words/pages/status.ts';
import { toProbeLook } from './detail-looks.ts';

interface ProbeBarsProps {
  probes: readonly Probe[];
  /** The full height. */
  timeoutMs: number;
  max: number;
  heightPx: number;
}

/** By square root: most probes take a hundredth of their timeout, and their differences must still be seen. */
function toHeight(durationMs: number, timeoutMs: number): number {
  const share = Math.sqrt(durationMs / Math.max(1, timeoutMs));
  return Math.round(Math.max(9, Math.min(100, share * 100)));
}

/** Probes as bars, oldest first: height is duration, colour and foot are the result; exact values on hover. */
export const ProbeBars = memo(function ProbeBars({ probes, timeoutMs, max, heightPx }: ProbeBarsProps) {
  const shown = probes.slice(-max);
  const failed = shown.filter((probe) => probe.exitCode !== 0).length;
  return (
    <span
      className="beats"
      style={{ height: heightPx }}
      role="img"
      aria-label={lastProbes(shown.length, failed)}
    >
      {shown.map((probe) => (
        <i
          key={probe.startedAtMs}
          className={toProbeLook(probe).className}
          style={{
            height: `${toHeight(probe.durationMs, timeoutMs)}%`,
          }}
          data-at={probe.startedAtMs}
          data-title={`${describeProbe(probe).words}, took ${formatDuration(probe.durationMs)}`}
        />
      ))}
    </span>
  );
});
