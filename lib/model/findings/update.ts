import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { ServiceUpdate } from '#lib/model/docker/service.ts';
import type { UpdateProgress } from '#lib/model/status/update-progress.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/**
 * What an update's state means, in plain words; `null` when there is nothing to say of it. The messages are
 * `update paused due to failure or early termination of task <id>` and the like (swarmkit
 * manager/orchestrator/update/updater.go).
 */
export function describeUpdate(update: ServiceUpdate | null): string | null {
  if (update === null) return null;
  const why = hasTaskFailed(update) ? ' because a new task failed' : '';
  switch (update.state) {
    case 'paused':
      return `The update is paused${why}: Swarm changes nothing more until it is started again or rolled back.`;
    case 'rollback_paused':
      return `The rollback is paused${why}: Swarm changes nothing more until the service is updated again.`;
    case 'rollback_completed':
      return `Its last update was rolled back${why}: what runs is the version before.`;
    case 'updating':
      return 'An update is in progress.';
    case 'rollback_started':
      return `The update is being rolled back${why}.`;
    case 'completed':
      return null;
  }
}

/** The update as people and pipelines see it. `null`: the service never was updated. */
export function toUpdatePicture(
  update: ServiceUpdate | null,
  progress: UpdateProgress | null,
  { desired, nowMs }: { desired: number; nowMs: number },
): UpdatePicture | null {
  if (update === null || progress === null) return null;
  const { outcome } = progress;
  return { ...update, outcome, sentence: describeProgress(update, progress, desired, nowMs) };
}

/** Where the update stands, in a sentence; `null` where there is nothing to say. */
export function describeProgress(
  update: ServiceUpdate,
  { outcome, isUnclosed, movedAtMs, old, waitsFor }: UpdateProgress,
  desired: number,
  nowMs: number,
): string | null {
  const what = update.state === 'rollback_started' ? 'rollback' : 'update';
  if (isUnclosed) {
    const began = update.startedAtMs === null ? '' : ` of ${describeAge(nowMs - update.startedAtMs)} ago`;
    return `Swarm never closed its ${what}${began}, though all replicas are of the new version.`;
  }
  if (outcome !== 'stuck' || movedAtMs === null) return describeUpdate(update);
  const still = `${old} of ${desired} ${desired === 1 ? 'replica' : 'replicas'} still ${old === 1 ? 'runs' : 'run'} the old version`;
  const stopped = `The ${what} stopped moving ${describeAge(nowMs - movedAtMs)} ago: ${still}.`;
  if (waitsFor === null) return stopped;
  const slot = waitsFor.slot === null ? 'a replica' : `replica ${waitsFor.slot}`;
  const why =
    waitsFor.error === null || waitsFor.error === ''
      ? ''
      : `, ${toEvidenceText(waitsFor.error).replace(/\.$/, '')}`;
  return `${stopped} Swarm waits without end for the new task of ${slot}, which is ${waitsFor.state}${why}.`;
}

/**
 * The updater waits without limit for each new task to run (swarmkit manager/orchestrator/update/updater.go,
 * updateTask): one that never will freezes the update. `null` when none is under way.
 */
export function describeFrozenUpdate(update: ServiceUpdate | null): string | null {
  if (update?.state === 'updating') return 'The update waits for it without end.';
  return update?.state === 'rollback_started' ? 'The rollback waits for it without end.' : null;
}

/** Did Swarm stop it because a new task failed? (swarmkit manager/orchestrator/update/updater.go) */
export function hasTaskFailed({ message }: Pick<ServiceUpdate, 'message'>): boolean {
  return /failure or early termination of task/.test(message);
}
