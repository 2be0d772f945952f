import { type Finding, findWorst } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { AffectedReplicas } from '#lib/model/contract/statement.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';

/**
 * What to do next about a service: what is wrong with itself, or else with the replicas that its sentence is about, since
 * what helps another would be read as what helps these; `null` when nothing.
 */
export function adviseService(
  verdict: Verdict,
  findings: readonly Finding[],
  replicas: readonly Pick<Replica, 'status' | 'sentence' | 'hint'>[],
  affected: AffectedReplicas | null,
): string | null {
  if (isOk(verdict)) return null;
  const worst = findWorst(findings);
  if (worst?.level === 'problem' && worst.hint !== null) return worst.hint;
  const meant = replicas.find(
    ({ status, sentence }) => status === affected?.status && sentence === affected.sentence,
  );
  return meant?.hint ?? worst?.hint ?? null;
}
