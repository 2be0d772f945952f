const NAMED = /failure or early termination of task (\w+)/;

/** The task that an update's message names (swarmkit `manager/orchestrator/update/updater.go`). */
export function findCulpritTask(message: string): string | null {
  return NAMED.exec(message)?.[1] ?? null;
}
