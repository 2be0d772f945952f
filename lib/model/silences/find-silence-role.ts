import { findRole, findSwarmRole, type Role, type Scope } from '#lib/model/contract/scope.ts';
import type { SilenceKind } from '#lib/model/contract/silenced.ts';

/** What somebody is of what a silence is of; `null`: it is not there for them. @param stack of the service, or the stack itself */
export function findSilenceRole(scope: Scope, kind: SilenceKind, stack: string | null): Role | null {
  return kind === 'service' || kind === 'stack' ? findRole(scope, stack) : findSwarmRole(scope);
}
