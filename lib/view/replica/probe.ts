import type { Probe } from '#lib/model/docker/probe.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import { describeExit } from '#words/exit.ts';
import * as words from '#words/pages/probe.ts';

/** How a probe ended: what to call it, and whether it counts as passed. */
export interface ProbeOutcome {
  kind: 'passed' | 'failed' | 'timed-out' | 'not-run';
  words: string;
}

/**
 * A probe's result in words. Docker gives -1 both for a probe that ran out of time and for one that could not be run at
 * all; only the output distinguishes them (moby daemon/health.go: `Health check exceeded timeout (3s)`).
 */
export function describeProbe(probe: Probe): ProbeOutcome {
  if (probe.exitCode === 0) return { kind: 'passed', words: 'exit 0' };
  if (probe.exitCode !== -1) return { kind: 'failed', words: describeExit(probe.exitCode) };
  if (!/exceeded timeout/i.test(probe.output)) return { kind: 'not-run', words: words.couldNotRun };
  const limit = /exceeded timeout \(([\d.]+(?:ms|s|m|h)[\d.hms]*)\)/i.exec(probe.output)?.[1];
  const after =
    limit === undefined ? formatSetting(Math.round(probe.durationMs / 100) * 100) : toWords(limit);
  return { kind: 'timed-out', words: words.timedOut(after) };
}

/** Go's duration as people write it: `3s` to `3 s`, `1m30s` to `1 min 30 s`. */
function toWords(goDuration: string): string {
  return goDuration
    .replace(/(ms|h|m|s)(?=[\d]|$)/g, (unit) => ` ${unit === 'm' ? 'min' : unit} `)
    .replace(/(min|h) 0 (?:s|min)/g, '$1')
    .replace(/ 0 s/g, '')
    .trim();
}
