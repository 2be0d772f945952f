import type { SourcePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { describeSwarmError } from '#lib/model/docker/swarm-info.ts';

/**
 * Of the managers that fail, the one whose reason says most: one that answers and says what is wrong with its swarm
 * knows more than one that is silent, also while the silent one is tried. `null` when none fails.
 */
export function findFailingManager<T extends Pick<Source, 'kind' | 'active' | 'error'>>(
  sources: readonly T[],
): (T & { error: string }) | null {
  const failing = sources.filter(
    (source): source is T & { error: string } => source.kind === 'manager' && source.error !== null,
  );
  return (
    failing.find(({ error }) => describeSwarmError(error) !== null) ??
    failing.find(({ active }) => active) ??
    failing[0] ??
    null
  );
}

/** What is known of the swarm comes from managers: when none is read, all of it is old. `null` while one is. */
export function findManagerProblem(
  sources: readonly SourcePicture[],
): { reason: string; sinceMs: number } | null {
  const managers = sources.filter(({ kind }) => kind === 'manager');
  if (managers.length === 0 || managers.some(({ state }) => state === 'live')) return null;
  // Since the last of them was lost.
  const sinceMs = Math.max(...managers.map((manager) => manager.sinceMs));
  return { reason: toReason(findFailingManager(managers)?.error ?? null), sinceMs };
}

function toReason(error: string | null): string {
  if (error === null) return 'No manager is read';
  const swarmError = describeSwarmError(error);
  return swarmError === null ? `No manager answers: ${error}` : `${swarmError}.`;
}

/** The swarm is listed every two minutes at least: nothing received for so long is no picture of now. */
const STALE_AFTER_MS = 180_000;

/** Why the picture cannot be taken for what is so now, in a sentence; `null` when it can. */
export function findDoubt(
  { ready, sources, atMs, sentence }: Pick<SwarmPicture, 'ready' | 'sources' | 'atMs' | 'sentence'>,
  nowMs: number,
): string | null {
  if (!ready) return `The swarm was not read yet. ${sentence}`;
  const problem = findManagerProblem(sources);
  if (problem !== null) return `The swarm is not read now. ${problem.reason}`;
  return nowMs - atMs > STALE_AFTER_MS ? 'Nothing was heard of the swarm for three minutes and more.' : null;
}
