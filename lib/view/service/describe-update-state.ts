import type { UpdateState } from '#lib/model/docker/service.ts';

const STATES: Record<UpdateState, string> = {
  updating: 'Updating',
  paused: 'Paused',
  completed: 'Completed',
  rollback_started: 'Rolling back',
  rollback_paused: 'Rollback paused',
  rollback_completed: 'Rolled back',
};

/** An update's state in words. */
export function describeUpdateState(state: UpdateState): string {
  return STATES[state];
}
