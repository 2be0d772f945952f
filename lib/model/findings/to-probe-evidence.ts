import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** A probe as evidence: how it ended and in how long, and what it printed. */
export function toProbeEvidence(probe: Probe): Evidence {
  const result = describeExitCode(probe.exitCode, probe.output);
  const label = probe.exitCode < 0 ? result : `${result} after ${describeDuration(probe.durationMs)}`;
  return { label, text: toEvidenceText(probe.output) };
}
