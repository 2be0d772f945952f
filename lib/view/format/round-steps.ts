/** What amounts are counted in: bytes by powers of two, all else by 1, 2 and 5 times powers of ten. */
export type Counting = 'decimal' | 'binary';

/** The round values from 0 to `top` that are written beside an axis, the lowest first: at most so many steps of one height. */
export function toRoundSteps(top: number, counting: Counting, maxSteps: number): number[] {
  const step = toStep(top / maxSteps, counting);
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
}

/** The smallest round step that is no less than this. */
function toStep(least: number, counting: Counting): number {
  if (counting === 'binary') return 2 ** Math.ceil(Math.log2(least));
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((times) => times * power >= least) ?? 10) * power;
}
