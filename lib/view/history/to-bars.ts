import type { ProbeMark, ProbeSeries } from '#lib/model/contract/history.ts';
import type { Bar } from './bar.ts';
import type { TimeWindow } from './time-frame.ts';

function toBar({ taskId, startedAtMs, durationMs, exitCode, output }: ProbeMark): Bar {
  return {
    fromMs: startedAtMs,
    untilMs: startedAtMs + durationMs,
    count: 1,
    failed: exitCode === 0 ? 0 : 1,
    minMs: durationMs,
    medianMs: durationMs,
    maxMs: durationMs,
    probe: { taskId, exitCode, output },
  };
}

/** The middle of the middles, each counted as often as it stands for a probe. */
function toMedian(bars: readonly Bar[]): number {
  const sorted = bars.toSorted((a, b) => a.medianMs - b.medianMs);
  let left = sorted.reduce((sum, bar) => sum + bar.count, 0) / 2;
  for (const bar of sorted) {
    left -= bar.count;
    if (left <= 0) return bar.medianMs;
  }
  return 0;
}

function merge(bars: readonly Bar[], fromMs: number, untilMs: number): Bar {
  return {
    fromMs,
    untilMs,
    count: bars.reduce((sum, bar) => sum + bar.count, 0),
    failed: bars.reduce((sum, bar) => sum + bar.failed, 0),
    minMs: Math.min(...bars.map((bar) => bar.minMs)),
    medianMs: toMedian(bars),
    maxMs: Math.max(...bars.map((bar) => bar.maxMs)),
    probe: null,
  };
}

/** All bars that begin in the same one of `most` equal stretches of the window become one. */
function mergeInto(bars: readonly Bar[], { fromMs, untilMs }: TimeWindow, most: number): Bar[] {
  const stepMs = Math.max(1, (untilMs - fromMs) / most);
  const groups = new Map<number, Bar[]>();
  for (const bar of bars) {
    const place = Math.floor((bar.fromMs - fromMs) / stepMs);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [bar]);
    else group.push(bar);
  }
  return [...groups].map(([place, group]) => {
    const [only] = group;
    if (group.length === 1 && only !== undefined) return only;
    return merge(group, Math.round(fromMs + place * stepMs), Math.round(fromMs + (place + 1) * stepMs));
  });
}

/**
 * What there is to draw of probes in a window, oldest first. When there are more than `most` bars they are put
 * together; a failed probe is never lost in it: `failed` counts it.
 */
export function toBars(series: ProbeSeries, window: TimeWindow, most: number): Bar[] {
  const all: Bar[] =
    series.kind === 'exact'
      ? series.probes.map(toBar)
      : series.buckets.map((bucket) => ({ ...bucket, probe: null }));
  const seen = all.filter((bar) => bar.untilMs >= window.fromMs && bar.fromMs <= window.untilMs);
  return seen.length > most ? mergeInto(seen, window, most) : seen;
}
