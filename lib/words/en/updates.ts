import type { HeldUpdate, RolloutStatement, UpdateStatement } from '#lib/model/contract/statement.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { formatPlural } from './lists.ts';

/** Where a service's update stands; `null` when there is nothing to say of it. */
export function describeUpdate(statement: UpdateStatement): string | null {
  switch (statement.kind) {
    case 'unknown':
      return `Its last update is in a state that this version does not know: ${statement.words.replace(/\.$/, '')}.`;
    case 'state':
      return describeState(statement);
    case 'unclosed': {
      const { what, beganBeforeMs } = statement;
      const began = beganBeforeMs === null ? '' : ` of ${describeAge(beganBeforeMs)} ago`;
      return `Swarm never closed its ${what}${began}, though all replicas are of ${what === 'rollback' ? 'the version before' : 'the new version'}.`;
    }
    case 'stuck':
      return describeStuck(statement);
  }
}

function describeState({ state, failed, held }: Extract<UpdateStatement, { kind: 'state' }>): string | null {
  const error = held?.error ? ` (${held.error.replace(/\.$/, '')})` : '';
  const why = failed ? ` because a new task failed${error}` : '';
  const half = held && held.old > 0 && held.old < held.desired ? describeHalf(held, state) : '';
  switch (state) {
    case 'paused':
      return `The update is paused${why}: ${half}Swarm changes nothing more until it is started again or rolled back.`;
    case 'rollback_paused':
      return `The rollback is paused${why}: ${half}Swarm changes nothing more until the service is updated again.`;
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

/** `2 of 4 replicas still run the old version, and `: what runs is of two versions. */
function describeHalf({ old, desired }: HeldUpdate, state: UpdateState): string {
  const version = state === 'rollback_paused' ? 'the version that it goes back from' : 'the old version';
  return `${old} of ${formatPlural(desired, 'replica')} still ${old === 1 ? 'runs' : 'run'} ${version}, and `;
}

function describeStuck({
  what,
  stillForMs,
  old,
  desired,
  waitsFor,
}: Extract<UpdateStatement, { kind: 'stuck' }>): string {
  const version = what === 'rollback' ? 'the version that it goes back from' : 'the old version';
  const still = `${old} of ${formatPlural(desired, 'replica')} still ${old === 1 ? 'runs' : 'run'} ${version}`;
  const stopped = `The ${what} stopped moving ${describeAge(stillForMs)} ago: ${still}.`;
  if (waitsFor === null) return stopped;
  const { slot, state, error } = waitsFor;
  const why = error === null ? '' : `, ${error.replace(/\.$/, '')}`;
  const whose = slot === null ? 'a replica' : `replica ${slot}`;
  if (state === 'failed' || state === 'rejected')
    return `${stopped} New tasks of ${whose} fail again and again${error === null ? '' : `, the last one: ${error.replace(/\.$/, '')}`}.`;
  return `${stopped} Swarm waits without end for the new task of ${whose}, which is ${state}${why}.`;
}

/** How far an update is, and what Swarm does next. */
export function describeRollout(statement: RolloutStatement): string {
  const { state, done, total, failed, slow, startFirst } = statement;
  const of = `${done} of ${formatPlural(total, 'replica')}`;
  switch (state) {
    case 'updating':
    case 'rollback_started': {
      const verb = total === 1 ? 'is' : 'are';
      const progress =
        state === 'updating'
          ? `${of} ${verb} of the new spec`
          : `It is being rolled back: ${of} ${verb} of the earlier spec`;
      return slow === null
        ? `${progress}${failed > 0 ? `, ${failed} failed` : ''}.`
        : `${progress}. It waits for ${nameSlow(slow)}, which has been starting for ${describeDuration(slow.forMs)}: Swarm waits for that without limit.`;
    }
    case 'paused':
      return `Swarm stopped after ${of} ${total === 1 ? 'was' : 'were'} of the new spec: it changes nothing more until the service is updated again or rolled back.`;
    case 'rollback_paused':
      return 'The rollback failed too, and stopped: Swarm changes nothing more until the service is updated again.';
    case 'rollback_completed':
      return 'Swarm went back to the spec before.';
    case 'unknown':
      return 'Swarm says something of it that this version does not know.';
    case 'completed':
      return `All replicas were replaced, ${startFirst ? 'the new one started first' : 'the old one stopped first'}.`;
  }
}

function nameSlow({ slot, host, key }: { slot: number | null; host: string | null; key: string }): string {
  return slot === null ? `the replica on ${host ?? key.slice(0, 12)}` : `replica ${slot}`;
}
