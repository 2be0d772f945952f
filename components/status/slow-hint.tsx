import type { SlowProbes } from '#lib/model/status/probes.ts';
import { describeSlowProbes } from '#lib/view/replica/slow-probes.ts';
import { slow as slowWord } from '#words/pages/status.ts';

/** A quiet hint that probes come close to their timeout: nothing is wrong yet. */
export function SlowHint({ slow }: { slow: SlowProbes }) {
  const { brief, sentence } = describeSlowProbes(slow);
  return (
    <span className="slow-hint s-failing" title={sentence}>
      {slowWord(brief)}
    </span>
  );
}
