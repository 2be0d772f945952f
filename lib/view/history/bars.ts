import type { ProbeBucket, ProbeMark, ProbeSeries } from '#lib/model/contract/history.ts';
import { formatDuration, formatSetting } from '#lib/view/format/times.ts';
import { describeProbe } from '#lib/view/replica/probe.ts';
import { countFailed, countProbes } from '#words/counts.ts';
import * as words from '#words/pages/bars.ts';
import type { TimeWindow } from './time-frame.ts';
import type { HeartbeatAction } from './to-heartbeat-action.ts';

/** What one bar of the heartbeat chart stands for: one probe, or the probes of a stretch of time. */
export interface Bar extends ProbeBucket {
  /** When it stands for one probe alone: how that ended. `output` is an index into the answer's `outputs`. */
  probe: { taskId: string; exitCode: number; output: number } | null;
}

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
function mergeInto(bars: readonly Bar[], { fromMs, untilMs }: TimeWindow, max: number): Bar[] {
  const stepMs = Math.max(1, (untilMs - fromMs) / max);
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
export function toBars(series: ProbeSeries, window: TimeWindow, max: number): Bar[] {
  const all: Bar[] =
    series.kind === 'exact'
      ? series.probes.map(toBar)
      : series.buckets.map((bucket) => ({ ...bucket, probe: null }));
  const seen = all.filter((bar) => bar.untilMs >= window.fromMs && bar.fromMs <= window.untilMs);
  return seen.length > max ? mergeInto(seen, window, max) : seen;
}

/**
 * Which of the bars (oldest first) is chosen after a key that moves among them; `current` is `null` while none is: then
 * any step goes to the newest one. `null` when there are no bars.
 */
export function chooseBar(
  bars: readonly Bar[],
  current: number | null,
  action: Extract<HeartbeatAction, { kind: 'step' | 'failed' | 'edge' }>,
): number | null {
  const newest = bars.length - 1;
  if (newest < 0) return null;
  if (action.kind === 'edge') return action.edge === 'oldest' ? 0 : newest;
  if (action.kind === 'step')
    return current === null ? newest : Math.max(0, Math.min(newest, current + action.by));
  let at = current === null ? (action.towards === -1 ? newest : bars.length) : current + action.towards;
  while (at >= 0 && at <= newest && bars[at]?.failed === 0) at += action.towards;
  return at >= 0 && at <= newest ? at : current;
}

/** A bar's exact values. */
export interface BarWords {
  /** `exit 1`, or of several probes `60 probes, 3 failed`. */
  result: string;
  failed: boolean;
  /** `took 52 ms of 3 s`, or `median 41 ms, 38 ms to 3.00 s`. */
  took: string;
  /** What the probe printed (untrusted); `null` for several probes. */
  output: string | null;
}

/** Says what a bar stands for. `outputs` are the answer's texts. */
export function describeBar(bar: Bar, outputs: readonly string[], timeoutMs: number | null): BarWords {
  if (bar.probe === null) {
    return {
      result: `${countProbes(bar.count)}, ${bar.failed === 0 ? words.allPassed : countFailed(bar.failed)}`,
      failed: bar.failed > 0,
      took:
        bar.count === 1
          ? words.took(formatDuration(bar.medianMs))
          : words.medianTook(
              formatDuration(bar.medianMs),
              formatDuration(bar.minMs),
              formatDuration(bar.maxMs),
            ),
      output: null,
    };
  }
  const output = outputs[bar.probe.output] ?? '';
  const { words: result } = describeProbe({
    startedAtMs: bar.fromMs,
    endedAtMs: bar.untilMs,
    durationMs: bar.medianMs,
    exitCode: bar.probe.exitCode,
    output,
    truncated: false,
  });
  return {
    result,
    failed: bar.probe.exitCode !== 0,
    took: words.took(
      timeoutMs === null
        ? formatDuration(bar.medianMs)
        : words.tookOf(formatDuration(bar.medianMs), formatSetting(timeoutMs)),
    ),
    output,
  };
}
