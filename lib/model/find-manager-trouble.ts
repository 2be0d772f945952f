import type { SourcePicture } from './picture.ts';

/** What is known of the swarm comes from managers: when none is read, all of it is old. `null` while one is. */
export function findManagerTrouble(
  sources: readonly SourcePicture[],
): { reason: string; sinceMs: number } | null {
  const managers = sources.filter(({ kind }) => kind === 'manager');
  if (managers.length === 0 || managers.some(({ state }) => state === 'live')) return null;
  const failing = managers.find(({ active, error }) => active && error !== null);
  const first = failing ?? managers.find(({ error }) => error !== null);
  // Since the last of them was lost.
  const sinceMs = Math.max(...managers.map((manager) => manager.sinceMs));
  const reason = first === undefined ? 'No manager is read' : `No manager answers: ${first.error}`;
  return { reason, sinceMs };
}
