import type { SlowProbes } from '#lib/model/status/probes.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import * as words from '#words/pages/probe.ts';

/** Slow probes in words: `brief` for a table (`2.8 s of 3 s`), `sentence` for a page. */
export function describeSlowProbes({ durationMs, timeoutMs, slow, of }: SlowProbes): {
  brief: string;
  sentence: string;
} {
  const brief = words.durationOf(describeDuration(durationMs), formatSetting(timeoutMs));
  const what = slow === 1 ? words.newestSlow(brief) : words.someSlow(slow, of, brief);
  return { brief, sentence: words.nearTimeout(what) };
}
