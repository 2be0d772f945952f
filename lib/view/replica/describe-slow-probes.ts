import type { SlowProbes } from '#lib/model/status/find-slow-probes.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { formatSetting } from '#lib/view/format/format-setting.ts';

/** Slow probes in words: `brief` for a table (`2.8 s of 3 s`), `sentence` for a page. */
export function describeSlowProbes({ durationMs, timeoutMs, slow, of }: SlowProbes): {
  brief: string;
  sentence: string;
} {
  const brief = `${describeDuration(durationMs)} of ${formatSetting(timeoutMs)}`;
  const what =
    slow === 1
      ? `Its newest probe passed, but took ${brief}`
      : `${slow} of its newest ${of} probes passed, but took up to ${brief}`;
  return { brief, sentence: `${what}: a little more and they time out.` };
}
