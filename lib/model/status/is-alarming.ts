import type { Verdict } from '#lib/model/contract/verdict.ts';

const ALARMING: ReadonlySet<Verdict> = new Set(['down', 'degraded', 'pending', 'failing']);

/** Does this verdict ask for somebody's attention? What is merely not known (`unknown`) is said apart. */
export function isAlarming(verdict: Verdict): boolean {
  return ALARMING.has(verdict);
}
