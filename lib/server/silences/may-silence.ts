import 'server-only';
import { headers } from 'next/headers';
import { findSilenceRole, isAtLeast, type Scope } from '#lib/model/contract/scope.ts';
import type { SilenceKind } from '#lib/model/contract/silenced.ts';
import { readScope } from '#lib/server/access/read-scope.ts';
import type { Vitals } from '#lib/server/vitals.ts';

/**
 * What whoever asks for a page may silence; `null`: nothing is silenced here. Not by `vitals.scope`: those who see the same have
 * that together, and what they may change is no part of it.
 */
export async function readSilenceScope({ silences }: Vitals): Promise<Scope | null> {
  return silences.elsewhere === null ? readScope(await headers()) : null;
}

/** Does their page have the button? */
export async function maySilence(vitals: Vitals, kind: SilenceKind, stack: string | null): Promise<boolean> {
  const scope = await readSilenceScope(vitals);
  const role = scope === null ? null : findSilenceRole(scope, kind, stack);
  return role !== null && isAtLeast(role, 'admin');
}
