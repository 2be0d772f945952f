import type { TimelineMark } from '#lib/model/contract/timeline.ts';

/** So many stacks have a lane of their own. */
export const STACKS_SHOWN = 8;
/** The lane of all others. No stack of Docker is called so: a name has no line feed. */
export const OTHER_STACKS = '\nother';

/** How bad what happened to a stack was, all in all: an end weighs more than probes that failed. */
function weigh({ count, isEnd, level }: TimelineMark): number {
  return count * (isEnd ? 5 : 1) * (level === 'bad' ? 2 : 1);
}

/** The stacks that failed, the worst first; at the same weight by name. */
export function rankStacks(marks: readonly TimelineMark[]): (string | null)[] {
  const weights = new Map<string | null, number>();
  for (const mark of marks)
    if (mark.lane === 'failures') weights.set(mark.stack, (weights.get(mark.stack) ?? 0) + weigh(mark));
  return [...weights]
    .sort(([a, heavy], [b, light]) => light - heavy || ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([stack]) => stack);
}

/** The failures of all but the worst stacks are put together; what is not a failure stays as it is. */
export function foldStacks(marks: readonly TimelineMark[], shown = STACKS_SHOWN): TimelineMark[] {
  const ranked = rankStacks(marks);
  if (ranked.length <= shown) return [...marks];
  const own = new Set(ranked.slice(0, shown - 1));
  return marks.map((mark) =>
    mark.lane !== 'failures' || own.has(mark.stack) ? mark : { ...mark, stack: OTHER_STACKS },
  );
}
