import type { ServiceUpdate } from '#lib/model/docker/service.ts';

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
      return `The last update was rolled back${why}.`;
    case 'updating':
      return 'An update is in progress.';
    case 'rollback_started':
      return `The update is being rolled back${why}.`;
    case 'completed':
      return null;
  }
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
