import type { Look } from '#components/status/looks.ts';
import type { RolloutStep } from '#lib/model/contract/rollout.ts';

const LOOKS: Record<RolloutStep, Look> = {
  waiting: { word: 'Waiting', className: 's-stopping' },
  replacing: { word: 'Replacing', className: 's-preparing' },
  starting: { word: 'Starting', className: 's-starting' },
  watched: { word: 'Watched', className: 's-updating' },
  done: { word: 'Done', className: 's-healthy' },
  failed: { word: 'Failed', className: 's-failed' },
};

/** How a step of a rollout is shown; going back, an old one that stays is done, too. */
export function toStepLook(step: RolloutStep): Look {
  return LOOKS[step];
}
