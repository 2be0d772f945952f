import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { describeSwarmError } from '#lib/model/docker/describe-swarm-error.ts';
import { findTellingManager } from './find-telling-manager.ts';

/** What is known of the swarm comes from managers: when none is read, all of it is old. `null` while one is. */
export function findManagerTrouble(
  sources: readonly SourcePicture[],
): { reason: string; sinceMs: number } | null {
  const managers = sources.filter(({ kind }) => kind === 'manager');
  if (managers.length === 0 || managers.some(({ state }) => state === 'live')) return null;
  // Since the last of them was lost.
  const sinceMs = Math.max(...managers.map((manager) => manager.sinceMs));
  return { reason: toReason(findTellingManager(managers)?.error ?? null), sinceMs };
}

function toReason(error: string | null): string {
  if (error === null) return 'No manager is read';
  const told = describeSwarmError(error);
  return told === null ? `No manager answers: ${error}` : `${told}.`;
}
