import { describeDuration } from './describe-duration.ts';
import { describeExitCode } from './describe-exit-code.ts';
import type { Evidence } from './diagnosis.ts';
import type { Probe } from './probe.ts';
import { toEvidenceText } from './to-evidence-text.ts';

/** A probe as evidence: how it ended and in how long, and what it printed. */
export function toProbeEvidence(probe: Probe): Evidence {
  const result = describeExitCode(probe.exitCode, probe.output);
  const label = probe.exitCode < 0 ? result : `${result} after ${describeDuration(probe.durationMs)}`;
  return { label, text: toEvidenceText(probe.output) };
}
