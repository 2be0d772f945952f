import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { UpdatePolicy, UpdateState } from '#lib/model/docker/service.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import * as words from '#words/pages/service.ts';

/** An update's state in words. */
export function describeUpdateState(state: UpdateState): string {
  return words.updateStates[state];
}

/** What became of an update in words: Docker's own, where that says it. */
export function describeUpdateOutcome({ state, outcome }: UpdatePicture): string {
  if (outcome === 'stuck') return state === 'rollback_started' ? words.rollbackStuck : words.stuck;
  return words.updateStates[outcome === 'succeeded' ? 'completed' : state];
}

/** An update policy in words: the order, what happens on failure, and how long each task is watched. */
export function describeUpdatePolicy(policy: UpdatePolicy): {
  order: string;
  onFailure: string;
  watched: string;
} {
  const order = words.updateOrders[policy.order];
  const many = policy.parallelism === 0 ? words.allAtOnce : words.atATime(policy.parallelism);
  const delay = policy.delayMs > 0 ? words.apart(formatSetting(policy.delayMs)) : '';
  const share = Math.round(policy.maxFailureRatio * 1000) / 10;
  const action = words.updateActions[policy.failureAction];
  return {
    order: `${order}, ${many}${delay}`,
    onFailure: share > 0 ? words.whenFail(action, share) : action,
    watched: policy.monitorMs > 0 ? words.watchedFor(formatSetting(policy.monitorMs)) : words.notWatched,
  };
}
