import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { EvidenceFacts } from '#lib/model/contract/reason.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** Docker's own error text of an ended task as evidence; `null` when there is none. */
export function toErrorEvidence({ task, container }: TaskEnd): Evidence | null {
  const text = task.error ?? container?.error ?? null;
  return text === null || text === '' ? null : { label: 'Docker says', text: toEvidenceText(text) };
}

/** A probe as evidence: how it ended and in how long, and what it printed. */
export function toProbeEvidence(probe: Probe): Evidence {
  const result = describeExitCode(probe.exitCode, probe.output);
  const label = probe.exitCode < 0 ? result : `${result} after ${describeDuration(probe.durationMs)}`;
  return { label, text: toEvidenceText(probe.output) };
}

/** A probe as evidence: how it ended and in how long, and what it printed. */
export function toProbeEvidenceFacts(probe: Probe): EvidenceFacts {
  const from = { kind: 'probe' as const, result: toProbeResult(probe), durationMs: probe.durationMs };
  return { from, text: toEvidenceText(probe.output) };
}

/** Docker's own error text of an ended task as evidence; `null` when there is none. */
export function toErrorEvidenceFacts({ task, container }: TaskEnd): EvidenceFacts | null {
  const text = task.error ?? container?.error ?? null;
  return text === null || text === '' ? null : { from: { kind: 'docker' }, text: toEvidenceText(text) };
}
