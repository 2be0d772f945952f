import { createHash } from 'node:crypto';
import { type Scope, toScopeKey } from '#lib/model/contract/scope.ts';

/** Who comes back with another scope than before has seen another swarm, and begins anew. */
export function toScopedEpoch(epoch: string, scope: Scope): string {
  return `${epoch}${createHash('sha256').update(toScopeKey(scope)).digest('hex').slice(0, 8)}`;
}
