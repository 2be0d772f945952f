import type { UpdateStatement } from '#lib/model/contract/statement.ts';
import type { ServiceUpdate } from '#lib/model/docker/service.ts';
import type { UpdateProgress } from '#lib/model/status/update-progress.ts';
import { toCoarseAge } from '#lib/model/text/describe-age.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** Docker's own word on an update. */
export function toUpdateState(
  update: ServiceUpdate,
): Extract<UpdateStatement, { kind: 'state' | 'unknown' }> {
  if (update.state === 'unknown') return { kind: 'unknown', words: toEvidenceText(update.message) };
  return { kind: 'state', state: update.state, failed: hasTaskFailed(update) };
}

/** Where the update stands; `null`: the service never was updated. */
export function toUpdateStatement(
  update: ServiceUpdate | null,
  progress: UpdateProgress | null,
  { desired, nowMs }: { desired: number; nowMs: number },
): UpdateStatement | null {
  if (update === null || progress === null) return null;
  const { outcome, isUnclosed, movedAtMs, old, waitsFor } = progress;
  const what = update.state === 'rollback_started' ? 'rollback' : 'update';
  if (isUnclosed) {
    const { startedAtMs } = update;
    return {
      kind: 'unclosed',
      what,
      beganBeforeMs: startedAtMs === null ? null : toCoarseAge(nowMs - startedAtMs),
    };
  }
  const error = waitsFor?.error ?? '';
  if (outcome === 'paused') {
    const state = toUpdateState(update);
    const held = { old, desired, error: error === '' ? null : toEvidenceText(error) };
    return state.kind === 'state' ? { ...state, held } : state;
  }
  // A task that was done once, and well, is what Swarm stopped it for.
  if (outcome === 'succeeded') return { kind: 'state', state: 'completed', failed: false };
  if (outcome !== 'stuck' || movedAtMs === null) return toUpdateState(update);
  return {
    kind: 'stuck',
    what,
    stillForMs: toCoarseAge(nowMs - movedAtMs),
    old,
    desired,
    waitsFor: waitsFor && {
      slot: waitsFor.slot,
      state: waitsFor.state,
      error: error === '' ? null : toEvidenceText(error),
    },
  };
}

/** Did Swarm stop it because a new task failed? (swarmkit manager/orchestrator/update/updater.go) */
export function hasTaskFailed({ message }: Pick<ServiceUpdate, 'message'>): boolean {
  return /failure or early termination of task/.test(message);
}
