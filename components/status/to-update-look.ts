import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { describeUpdateOutcome, describeUpdateState } from '#lib/view/service/update.ts';
import type { Look } from './looks.ts';

const CLASSES: Record<UpdateState, string> = {
  updating: 's-updating',
  paused: 's-failing',
  completed: 's-healthy',
  rollback_started: 's-updating',
  rollback_paused: 's-unhealthy',
  rollback_completed: 's-failing',
};

/** How what became of an update is shown. */
export function toOutcomeLook(update: UpdatePicture): Look {
  const className =
    update.outcome === 'stuck'
      ? 's-unhealthy'
      : update.outcome === 'succeeded'
        ? CLASSES.completed
        : CLASSES[update.state];
  return { word: describeUpdateOutcome(update), className };
}

/** How an update's state is shown. */
export function toUpdateLook(state: UpdateState): Look {
  return { word: describeUpdateState(state), className: CLASSES[state] };
}
