import { type Finding, findWorst } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';

/** What to do next about a service: what is wrong with itself, or else its replica that is worst off; `null` when nothing. */
export function adviseService(
  verdict: Verdict,
  findings: readonly Finding[],
  replicas: readonly Pick<Replica, 'status' | 'hint' | 'recovering'>[],
): string | null {
  if (isOk(verdict)) return null;
  const worst = findWorst(findings);
  if (worst?.level === 'problem' && worst.hint !== null) return worst.hint;
  let hint: string | null = null;
  let rank = Number.POSITIVE_INFINITY;
  for (const replica of replicas) {
    const at = REPLICA_STATUSES.indexOf(replica.recovering ? 'failed' : replica.status);
    if (replica.hint === null || at >= rank) continue;
    hint = replica.hint;
    rank = at;
  }
  return hint ?? worst?.hint ?? null;
}
