import { formatSpan } from '#lib/view/format/format-span.ts';

/** Whether what changed may be the cause: how long after it the first failure came. `null`: there was none. */
export function describeChangedAt(
  changedAtMs: number | null,
  firstFailureAtMs: number | null,
): string | null {
  if (changedAtMs === null || firstFailureAtMs === null || firstFailureAtMs < changedAtMs) return null;
  return `${formatSpan(firstFailureAtMs - changedAtMs)} before the first failure`;
}
