import type { EndWhy, ExpectedEnd } from '#lib/model/contract/ending.ts';
import type { EventFacts, ReplicaPlace } from '#lib/model/contract/event-message.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import type { EventWords } from '#lib/words/words.ts';
import { describeEndReason } from './ends.ts';
import { describeExit } from './exit.ts';

const AVAILABILITY = {
  active: 'takes tasks again',
  pause: 'takes no new tasks now: it is paused',
  unknown: 'has an availability that this version does not know',
  drain: 'is being drained: its replicas move to other nodes',
} as const;

/** What happened: each names its node, service or replica itself. */
export const events: EventWords = {
  'node-joined': ({ host, role }) => `${host} joined the swarm as a ${role}.`,
  'node-removed': ({ host }) => `${host} was removed from the swarm.`,
  'node-status': ({ host, status, message }) =>
    status === 'ready'
      ? `${host} is ready again.`
      : `${host} is ${status}${message === null ? '' : `: ${lowerFirst(message)}`}.`,
  'node-availability': ({ host, availability }) => `${host} ${AVAILABILITY[availability]}.`,
  'node-role': ({ host, role }) =>
    role === 'manager' ? `${host} is a manager now.` : `${host} is a worker now, no longer a manager.`,
  'engine-version': ({ host, before, after }) => `${host} runs Docker ${after} now, before it ${before}.`,
  'node-leads': ({ host }) => `${host} is the leader of the swarm now.`,
  'manager-unreachable': ({ host }) => `${host} cannot be reached by the other managers.`,
  'manager-reachable': ({ host }) => `${host} is reached by the other managers again.`,
  'engine-unreachable': ({ host }) =>
    `The engine of ${host} cannot be reached: the health of its replicas is unknown.`,
  'engine-reachable': ({ host }) => `The engine of ${host} can be reached again.`,
  'service-created': ({ service, image }) => `Service ${service} was created, of ${image}.`,
  'service-removed': ({ service }) => `Service ${service} was removed.`,
  'service-scaled': ({ service, before, after }) => `${service} was scaled from ${before} to ${after}.`,
  'service-image': ({ service, before, after }) =>
    `${service} was given another image: ${after}, before it ${before}.`,
  'service-update': describeUpdateNews,
  'replica-problem': ({ replica, status, reason }, word) =>
    reason === null
      ? `${describeReplica(replica)} ${PROBLEMS[status] ?? 'has a problem'}.`
      : `${describeReplica(replica)}: ${word(reason)}`,
  'replica-starts': ({ replica, again }) => `${describeReplica(replica)} starts${again ? ' again' : ''}.`,
  'replica-healthy': ({ replica, after, streak }) =>
    `${describeReplica(replica)} ${describeHealthy(after, streak)}.`,
  'replica-runs-again': ({ replica }) => `${describeReplica(replica)} runs again.`,
  'replica-up': ({ replica }) => `${describeReplica(replica)} is up; it has no health check.`,
  'task-ended': ({ replica, ending }) =>
    `${describeReplica(replica)}: ${describeEnding(ending.why, ending.exitCode)}`,
};

const PROBLEMS: Partial<Record<ReplicaStatus, string>> = {
  failing: 'fails its probes',
  unhealthy: 'is unhealthy',
  lost: 'is lost with its node',
  paused: 'is paused',
  pending: 'cannot be placed',
  failed: 'failed',
  starting: 'does not get up',
};

/** A replica in a sentence of its own: `shop_api.2 on docker03`, or for global services `agent on docker03`. */
function describeReplica({ service, slot, host, key }: ReplicaPlace): string {
  if (slot === null) return `${service} on ${host ?? key}`;
  return host === null ? `${service}.${slot}` : `${service}.${slot} on ${host}`;
}

function describeHealthy(after: EventFacts['replica-healthy']['after'], streak: number): string {
  if (after === 'unhealthy') return 'is healthy again';
  if (after === 'start') return 'is healthy';
  return streak > 0 ? `passes its probes again, after ${streak} failed in a row` : 'passes its probes again';
}

const UPDATES: Readonly<Record<UpdateState, (service: string, why: string) => string>> = {
  updating: (service) => `An update of ${service} began.`,
  completed: (service) => `The update of ${service} is complete.`,
  paused: (service, why) =>
    `${service}: The update is paused${why}: Swarm changes nothing more until it is started again or rolled back.`,
  rollback_paused: (service, why) =>
    `${service}: The rollback is paused${why}: Swarm changes nothing more until the service is updated again.`,
  rollback_started: (service, why) => `${service}: The update is being rolled back${why}.`,
  unknown: (service) => `The update of ${service} is in a state that this version does not know.`,
  rollback_completed: (service, why) => `${service}: The last update was rolled back${why}.`,
};

function describeUpdateNews({ service, state, failed }: EventFacts['service-update']): string {
  return UPDATES[state](service, failed ? ' because a new task failed' : '');
}

const EXPECTED: Readonly<Record<ExpectedEnd, string>> = {
  'job-finished': 'Finished its job.',
  ended: 'Ended by itself.',
  removed: 'Stopped: scaled down or removed.',
  'service-removed': 'Stopped: its service was removed.',
  drain: 'Stopped: its node is being drained.',
  update: 'Stopped: an update replaced it.',
  rollback: 'Stopped: a rollback replaced it.',
  unknown: 'Stopped: Swarm stopped it.',
};

/** How a task ended: why, and for an expected end how, where that is worth a word. */
export function describeEnding(why: EndWhy, exitCode: number | null): string {
  switch (why.kind) {
    case 'failed':
      return describeEndReason(why.reason).sentence;
    case 'lost':
      return 'Lost with its node, which did not come back.';
    case 'expected': {
      const how = exitCode === null || exitCode === 0 ? '' : ` It ended with ${describeExit(exitCode)}.`;
      return `${EXPECTED[why.reason]}${how}`;
    }
  }
}

/** An event of which we only found the traces. */
export function describeAway(text: string): string {
  return `${text.replace(/\.$/, '')} (while Swarm Vitals was not running).`;
}
