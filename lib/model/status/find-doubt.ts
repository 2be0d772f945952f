import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findManagerProblem } from './managers.ts';

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
