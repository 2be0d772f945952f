import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { describeProbe } from '#lib/view/replica/probe.ts';
import { describeUpdateOutcome, describeUpdateState } from '#lib/view/service/update.ts';
import type { Look } from './looks.ts';

// Apart from what the overview shows: its first visit need not load the words of these.

/** How a probe's result is shown. */
export function toProbeLook(probe: Probe): Look {
  const { kind, words } = describeProbe(probe);
  return { word: words, className: kind === 'passed' ? 's-healthy' : 's-unhealthy' };
}

const UPDATE_CLASSES: Record<UpdateState, string> = {
  updating: 's-updating',
  paused: 's-failing',
  completed: 's-healthy',
  rollback_started: 's-updating',
  rollback_paused: 's-unhealthy',
  rollback_completed: 's-failing',
  unknown: 's-unknown',
};

/** How what became of an update is shown. */
export function toOutcomeLook(update: UpdatePicture): Look {
  const className =
    update.outcome === 'stuck'
      ? 's-unhealthy'
      : update.outcome === 'succeeded'
        ? UPDATE_CLASSES.completed
        : UPDATE_CLASSES[update.state];
  return { word: describeUpdateOutcome(update), className };
}

/** How an update's state is shown. */
export function toUpdateLook(state: UpdateState): Look {
  return { word: describeUpdateState(state), className: UPDATE_CLASSES[state] };
}

const TASK_CLASSES: Record<string, string> = {
  running: 's-running',
  starting: 's-starting',
  failed: 's-failed',
  rejected: 's-failed',
  orphaned: 's-lost',
  new: 's-pending',
  pending: 's-pending',
  complete: 's-complete',
  shutdown: 's-complete',
  remove: 's-complete',
  unknown: 's-unknown',
};

/** How a task's own state is shown, in Docker's word. */
export function toTaskLook(task: Pick<TaskDetail, 'state' | 'end'>): Look {
  return {
    word: task.state.charAt(0).toUpperCase() + task.state.slice(1),
    // A task that was killed for its health and left with 0 is `complete` to Docker: the word is, the look is not.
    className: task.end === null ? (TASK_CLASSES[task.state] ?? 's-preparing') : 's-failed',
  };
}
