import type { ServiceUpdate } from '#lib/model/docker/service.ts';

/**
 * The updater waits without limit for each new task to run (swarmkit manager/orchestrator/update/updater.go,
 * updateTask): one that never will freezes the update. `null` when none is under way.
 */
export function describeFrozenUpdate(update: ServiceUpdate | null): string | null {
  if (update?.state === 'updating') return 'The update waits for it without end.';
  return update?.state === 'rollback_started' ? 'The rollback waits for it without end.' : null;
}
