import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** Docker's own error text of an ended task as evidence; `null` when there is none. */
export function toErrorEvidence({ task, container }: TaskEnd): Evidence | null {
  const text = task.error ?? container?.error ?? null;
  return text === null || text === '' ? null : { label: 'Docker says', text: toEvidenceText(text) };
}
