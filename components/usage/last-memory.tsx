'use client';
import { useUsage } from '#lib/client/hooks/use-usage.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { ReplicaUsageDetail } from '#lib/model/contract/usage.ts';
import { formatBytes } from '#lib/view/format/amounts.ts';
import { toTrack } from '#lib/view/usage/to-track.ts';
import * as words from '#words/pages/usage.ts';

const BEFORE_MS = 10 * 60_000;
const AFTER_MS = 15_000;

interface LastMemoryProps {
  serviceName: string;
  replicaKey: string;
  taskId: string;
  endedAtMs: number;
}

/** The memory of a task that ran out of it, up to its end; nothing where none was read. */
export default function LastMemory({ serviceName, replicaKey, taskId, endedAtMs }: LastMemoryProps) {
  const window = { fromMs: Math.round(endedAtMs - BEFORE_MS), untilMs: Math.round(endedAtMs + AFTER_MS) };
  const query = new URLSearchParams({ fromMs: String(window.fromMs), untilMs: String(window.untilMs) });
  const data = useUsage<ReplicaUsageDetail>(`${keys.replicaUsage(serviceName, replicaKey)}?${query}`, 0);
  const points = (data?.series?.points ?? []).filter((point) => point.taskId === taskId);
  const last = points.at(-1);
  if (data?.series == null || last === undefined || points.length < 2) return null;
  const max = last.memoryMaxBytes;
  const track = toTrack({ ...data.series, points }, window, ({ memoryBytes }) => memoryBytes, max);
  const end = ((endedAtMs - window.fromMs) / (window.untilMs - window.fromMs)) * 1_000;
  return (
    <figure className="last-memory">
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
        <path d={track.area} className="track-under" />
        <path d={track.line} className="track-line" />
        {track.limitY !== null && (
          <line x1="0" x2="1000" y1={track.limitY} y2={track.limitY} className="track-limit s-unhealthy" />
        )}
        <line x1={end} x2={end} y1="0" y2="100" className="track-end s-unhealthy" />
      </svg>
      <figcaption>{words.lastMinutes(formatBytes(max ?? last.memoryBytes ?? 0))}</figcaption>
    </figure>
  );
}
