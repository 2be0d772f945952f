import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { TaskSegment } from '#lib/model/contract/history.ts';
import { nameCause } from '#lib/model/findings/name-cause.ts';
import { formatCount } from '#lib/view/format/format-count.ts';
import { plural } from '#lib/view/format/plural.ts';

/** A ribbon's piece in words: `Up`, `Killed for its health`, or of several tasks `12 tasks, 11 × exited by itself`. */
export function describePiece(segments: readonly TaskSegment[]): string {
  const [only] = segments;
  if (segments.length === 1 && only !== undefined) {
    if (only.end === null) return only.untilMs === null ? 'Up' : 'End not seen';
    return only.end.cause === null ? 'Ended as expected' : nameCause(only.end.cause);
  }
  const counts = new Map<Cause, number>();
  for (const { end } of segments)
    if (end !== null && end.cause !== null) counts.set(end.cause, (counts.get(end.cause) ?? 0) + 1);
  const causes = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([cause, count]) => {
      const name = nameCause(cause);
      return `${formatCount(count)} × ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    });
  return [plural(segments.length, 'task'), ...causes].join(', ');
}
