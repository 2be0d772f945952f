import type { Replica } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isOk } from '#lib/model/status/severity.ts';

/** What to do next about a service: what its update needs, or else its replica that is worst off; `null` when nothing. */
export function adviseService(
  service: Service,
  verdict: Verdict,
  replicas: readonly Pick<Replica, 'status' | 'hint' | 'recovering'>[],
): string | null {
  if (isOk(verdict)) return null;
  if (service.update?.state === 'paused')
    return `Go back with docker service rollback ${service.name}, or correct it and update it again.`;
  if (service.update?.state === 'rollback_paused')
    return `Correct it and update it again: docker service update ${service.name}.`;
  let hint: string | null = null;
  let rank = Number.POSITIVE_INFINITY;
  for (const replica of replicas) {
    const own = REPLICA_STATUSES.indexOf(replica.recovering ? 'failed' : replica.status);
    if (replica.hint === null || own >= rank) continue;
    hint = replica.hint;
    rank = own;
  }
  return hint;
}
