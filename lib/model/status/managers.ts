import type { Finding } from '#lib/model/contract/finding.ts';
import type { SourcePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { ManagerProblem, StatusStatement } from '#lib/model/contract/statement.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { type SwarmError, toSwarmError } from '#lib/model/docker/swarm-info.ts';

/** Does it speak for the swarm as a whole: a manager, or the server that a relay reads in the place of managers? */
export function isOfSwarm({ kind }: Pick<Source, 'kind'>): boolean {
  return kind !== 'engine';
}

/**
 * Of the managers that fail, the one whose reason says most: one that answers and says what is wrong with its swarm
 * knows more than one that is silent, also while the silent one is tried. `null` when none fails.
 */
export function findFailingManager<T extends Pick<Source, 'kind' | 'active' | 'error'>>(
  sources: readonly T[],
): (T & { error: string }) | null {
  const failing = sources.filter(
    (source): source is T & { error: string } => isOfSwarm(source) && source.error !== null,
  );
  return (
    failing.find(({ kind, error }) => kind === 'manager' && toSwarmError(error) !== null) ??
    failing.find(({ active }) => active) ??
    failing[0] ??
    null
  );
}

/** Managers report during an election, too, that too few of them are there: the swarm's finding waits for that to be over. */
export function toReportedError(
  error: string,
  findings: readonly Pick<Finding, 'cause'>[],
): SwarmError | null {
  const kind = toSwarmError(error);
  return kind === 'no-quorum' && !findings.some(({ cause }) => cause === kind) ? 'no-leader' : kind;
}

/**
 * What is known of the swarm comes from managers: when none is read, all of it is old. `null` while one is: others that
 * could be answer when they are asked, but list nothing until it is their turn.
 *
 * @param findings the swarm's
 */
export function findManagerProblem(
  sources: readonly SourcePicture[],
  findings: readonly Pick<Finding, 'cause'>[] = [],
): ManagerProblem | null {
  const managers = sources.filter(isOfSwarm);
  const isRead = managers.some(({ state, active }) => state === 'live' && active);
  if (managers.length === 0 || isRead) return null;
  const failing = managers.filter(({ state }) => state !== 'live');
  // Since the last of them was lost. Where a server says that all are live and none is read, since the last came.
  const lost = failing.length > 0 ? failing : managers;
  const sinceMs = lost.reduce((last, manager) => Math.max(last, manager.sinceMs), Number.NEGATIVE_INFINITY);
  const error = findFailingManager(managers)?.error ?? null;
  const isRelayed = managers.some(({ kind }) => kind === 'server');
  const swarmError = error === null || isRelayed ? null : toReportedError(error, findings);
  return { error, swarmError, isRelayed, sinceMs };
}

/** The swarm is listed every two minutes at least: nothing received for so long is no picture of now. */
const STALE_AFTER_MS = 180_000;

export type DoubtFacts = Pick<SwarmPicture, 'ready' | 'sources' | 'findings' | 'atMs' | 'sentence'>;

/** Why the picture cannot be taken for what is so now; `null` when it can. */
export function findDoubt(
  { ready, sources, findings, atMs, sentence }: DoubtFacts,
  nowMs: number,
): StatusStatement | null {
  if (!ready) return { kind: 'not-read-yet', sentence };
  const problem = findManagerProblem(sources, findings);
  if (problem !== null) return { kind: 'not-read', problem };
  return nowMs - atMs > STALE_AFTER_MS ? { kind: 'silent' } : null;
}
