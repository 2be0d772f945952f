import type { ProbeSeries } from '#lib/model/contract/history.ts';
import type { Probe } from '#lib/model/docker/probe.ts';

/** The probes of an answer one by one, oldest first; none where there were too many to list each. */
export function toProbes(series: ProbeSeries | null): Probe[] {
  if (series?.kind !== 'exact') return [];
  return series.probes.map(({ startedAtMs, durationMs, exitCode, output }) => ({
    startedAtMs,
    endedAtMs: startedAtMs + durationMs,
    durationMs,
    exitCode,
    output: series.outputs[output] ?? '',
    truncated: false,
  }));
}
