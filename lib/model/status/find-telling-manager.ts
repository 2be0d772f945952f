import { describeSwarmError } from '#lib/model/docker/describe-swarm-error.ts';
import type { Source } from '#lib/model/docker/source.ts';

/**
 * Of the managers that fail, the one whose reason says most: one that answers and says what is wrong with its swarm
 * knows more than one that is silent, also while the silent one is tried. `null` when none fails.
 */
export function findTellingManager<T extends Pick<Source, 'kind' | 'active' | 'error'>>(
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
