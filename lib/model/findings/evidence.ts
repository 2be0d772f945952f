import type { EvidenceFacts } from '#lib/model/contract/reason.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

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
