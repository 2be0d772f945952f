'use client';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { toTimeTicks } from '#lib/view/history/scales.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';

const MAX_TICKS = 8;

/** Clock times under a ribbon; in UTC until the browser's zone is known. */
export function TimeAxis({ window }: { window: TimeWindow }) {
  const zone = useZone();
  return (
    <div className="time-axis" aria-hidden="true">
      {toTimeTicks(window, MAX_TICKS, zone).map(({ atMs, label }) => (
        <span
          key={atMs}
          style={{ left: `${toPlace({ fromMs: atMs, untilMs: atMs }, window)?.leftPercent ?? 0}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}
