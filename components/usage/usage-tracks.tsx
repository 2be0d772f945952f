'use client';
import { type PointerEvent, useMemo, useState } from 'react';
import { ClockTime } from '#components/live/times.tsx';
import { useHistory } from '#lib/client/hooks/use-history.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { ReplicaUsageDetail, UsageSeries } from '#lib/model/contract/usage.ts';
import { formatBytes, formatCores, formatPercent } from '#lib/view/format/amounts.ts';
import { type Counting, toRoundSteps } from '#lib/view/format/round-steps.ts';
import type { TimeFrame, TimeWindow } from '#lib/view/history/time-frame.ts';
import { describeCpu, describeMemory } from '#lib/view/usage/describe-usage.ts';
import { findNearest, type Track, toTrack } from '#lib/view/usage/to-track.ts';
import * as words from '#words/pages/usage.ts';
import { TrackPlot } from './track-plot.tsx';

const EVERY_MS = 10_000;

export interface UsageTracksProps {
  name: string;
  replicaKey: string;
  frame: TimeFrame;
  /** What the heartbeat above shows: the same axis. */
  window: TimeWindow;
  /** The moment that is pointed at above; `null`: none. */
  markedAtMs: number | null;
  ends: readonly { atMs: number; bad: boolean }[];
}

/** A replica's memory and CPU on the axis of its probes. */
export default function UsageTracks(props: UsageTracksProps) {
  const { name, replicaKey, frame, window } = props;
  const path = keys.replicaUsage(name, replicaKey);
  const { data } = useHistory<ReplicaUsageDetail>(path, frame, EVERY_MS, null);
  const series = data?.series ?? null;
  if (data?.enabled === false && (series === null || series.points.length === 0)) return null;
  if (series === null) return <div className="usage-tracks" />;
  if (series.points.length === 0)
    return (
      <div className="usage-tracks">
        <p className="usage-tracks-empty text-muted">{words.nothingRead}</p>
      </div>
    );
  return <Tracks {...props} series={series} window={window} />;
}

function toTracks(series: UsageSeries, window: TimeWindow) {
  const newest = series.points.at(-1);
  const memoryMax = newest?.memoryMaxBytes ?? null;
  const cpuMax = newest?.cpuMaxCores ?? null;
  const cpu = toTrack(series, window, ({ cpuCores }) => cpuCores, cpuMax);
  return {
    memory: toTrack(series, window, ({ memoryBytes }) => memoryBytes, memoryMax),
    memoryMax,
    cpu,
    cpuMax,
    // Its full height is all of the time, at the height of the limit.
    throttled:
      cpuMax === null ? null : toTrack(series, window, ({ throttled }) => (throttled ?? 0) * cpuMax, cpuMax),
  };
}

function Tracks({ series, window, markedAtMs, ends }: UsageTracksProps & { series: UsageSeries }) {
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const { memory, memoryMax, cpu, cpuMax, throttled } = useMemo(
    () => toTracks(series, window),
    [series, window],
  );
  const isThrottled = throttled !== null && series.points.some((point) => (point.throttled ?? 0) >= 0.05);
  const lengthMs = Math.max(1, window.untilMs - window.fromMs);
  const toShare = (atMs: number) => (atMs - window.fromMs) / lengthMs;
  const atMs = pointedMs ?? markedAtMs;
  const shown = atMs === null ? null : findNearest(series.points, atMs, series.gapMs);
  const point = shown ?? (atMs === null ? (series.points.at(-1) ?? null) : null);
  const cursor = atMs === null ? null : Math.min(1, Math.max(0, toShare(atMs)));
  const marks = ends.map((end) => ({ at: toShare(end.atMs), bad: end.bad }));

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const area = event.currentTarget.querySelector('.track-area')?.getBoundingClientRect();
    if (!area || area.width === 0) return;
    const share = (event.clientX - area.left) / area.width;
    setPointedMs(share < 0 || share > 1 ? null : window.fromMs + share * lengthMs);
  };

  const memoryWords = point === null ? null : describeMemory(point, []);
  const cpuWords = point === null ? null : describeCpu(point, []);
  const memoryText = memoryWords === null ? words.notKnown : toText(memoryWords);
  const cpuText = cpuWords === null ? words.notKnown : toText(cpuWords);
  return (
    <div className="usage-tracks" onPointerMove={onPointerMove} onPointerLeave={() => setPointedMs(null)}>
      <p className="track-title">
        <b>{words.memory}</b> <span data-testid="memory-at">{memoryText}</span>
        <span className="text-faint">{words.workingSet}</span>
        {atMs !== null && point !== null && (
          <span className="track-at text-muted">
            <ClockTime atMs={point.atMs} nearMs={window.untilMs} />
          </span>
        )}
      </p>
      <TrackPlot
        track={memory}
        limit={memoryMax === null ? null : words.limit(formatBytes(memoryMax))}
        ticks={toTicks(memory, memoryMax, 'binary', (bytes) => formatBytes(bytes, memoryMax ?? memory.top))}
        cursor={cursor}
        ends={marks}
        label={words.memoryTrack(memoryText)}
      />
      <p className="track-title">
        <b>{words.cpu}</b> <span>{cpuText}</span>
        {isThrottled && (
          <span className="s-failing text-tone">
            <span className="status-glyph" aria-hidden="true" /> {words.throttledKey}
            {point?.throttled != null && `, ${formatPercent(point.throttled)} %`}
          </span>
        )}
      </p>
      <TrackPlot
        track={cpu}
        filled={throttled}
        limit={cpuMax === null ? null : words.limit(words.cores(formatCores(cpuMax)))}
        ticks={toTicks(cpu, cpuMax, 'decimal', formatCores)}
        cursor={cursor}
        ends={marks}
        label={words.cpuTrack(cpuText)}
      />
    </div>
  );
}

/** At the limit, half way, and nothing; without one at round values. */
function toTicks(
  { top }: Track,
  limit: number | null,
  counting: Counting,
  format: (value: number) => string,
) {
  const values = limit === null ? toRoundSteps(top, counting, 2) : [0, limit / 2, limit];
  return values.map((value) => ({
    y: 100 - (value / top) * 100,
    label: value === 0 ? '0' : format(value),
  }));
}

const toText = ({ used, of, note }: { used: string; of: string; note: string | null }) =>
  `${of === '' ? used : words.of(used, of)}${note === null ? '' : `, ${note}`}`;
