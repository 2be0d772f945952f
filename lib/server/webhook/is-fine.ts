import type { Verdict } from '#lib/model/contract/verdict.ts';

const FINE: ReadonlySet<Verdict> = new Set(['updating', 'starting', 'running', 'healthy', 'idle']);

/** Does nothing need attention? So it is also with what is not there (`null`). */
export function isFine(verdict: Verdict | null): boolean {
  return verdict === null || FINE.has(verdict);
}
