import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { EvidenceWords } from '#lib/words/words.ts';
import { describeProbeResult } from './probes.ts';

export const evidence: EvidenceWords = {
  docker: () => 'Docker says',
  scheduler: () => 'Scheduler',
  engine: () => 'engine',
  error: () => 'error',
  probe: ({ result, durationMs }) =>
    result.kind === 'exit'
      ? `${describeProbeResult(result)} after ${describeDuration(durationMs)}`
      : describeProbeResult(result),
};
