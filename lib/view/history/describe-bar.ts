import { formatDuration } from '#lib/view/format/format-duration.ts';
import { formatSetting } from '#lib/view/format/format-setting.ts';
import { plural } from '#lib/view/format/plural.ts';
import { describeProbe } from '#lib/view/replica/describe-probe.ts';
import type { Bar } from './bar.ts';

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
    const range = `${formatDuration(bar.minMs)} to ${formatDuration(bar.maxMs)}`;
    return {
      result: `${plural(bar.count, 'probe')}, ${bar.failed === 0 ? 'all passed' : `${plural(bar.failed, 'failed', 'failed')}`}`,
      failed: bar.failed > 0,
      took:
        bar.count === 1
          ? `took ${formatDuration(bar.medianMs)}`
          : `median ${formatDuration(bar.medianMs)}, ${range}`,
      output: null,
    };
  }
  const output = outputs[bar.probe.output] ?? '';
  const { words } = describeProbe({
    startedAtMs: bar.fromMs,
    endedAtMs: bar.untilMs,
    durationMs: bar.medianMs,
    exitCode: bar.probe.exitCode,
    output,
    truncated: false,
  });
  const limit = timeoutMs === null ? '' : ` of ${formatSetting(timeoutMs)}`;
  return {
    result: words,
    failed: bar.probe.exitCode !== 0,
    took: `took ${formatDuration(bar.medianMs)}${limit}`,
    output,
  };
}
