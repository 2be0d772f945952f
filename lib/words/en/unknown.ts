import type { LostReplica, UnreadEngine } from '#lib/model/contract/finding-facts.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import type { ReplicaWords } from '#lib/words/words.ts';
import { describeNodeReasons } from './placing.ts';

/** What cannot be read, what is gone with its node, and what somebody stopped. */
export const unknown = {
  'state-unknown': () => ({
    sentence: 'The manager reports a state that this version does not know.',
    hint: null,
  }),
  'engine-unread': (facts) => ({ sentence: describeUnread(facts), hint: null }),
  'container-unread': ({ host, container, unread }) => ({
    sentence: describeUnreadContainer(host ?? 'its node', unread),
    hint:
      unread === null || container === null
        ? null
        : `On ${host ?? 'its node'}: docker inspect ${container}. If that hangs, so does its disk (dmesg) or its containerd-shim: kill that one (pgrep -f ${container}), or restart the engine.`,
  }),
  'health-unread': ({ why }) => ({
    sentence:
      why === 'paused-before'
        ? 'Health not known: Docker calls it unhealthy since it was paused, until its next probe ends.'
        : 'Health not known: it has a health check, but its engine reports neither healthy nor unhealthy.',
    hint: null,
  }),
  'node-down': (facts) => ({
    sentence: describeLost(facts),
    hint: facts.left
      ? `If ${facts.host} was meant to leave the swarm: docker node rm. If not, let it join again.`
      : facts.answers
        ? `The engine of ${facts.host} answers: check the network between it and the managers (TCP port 2377).`
        : `Is ${facts.host} up, and does its engine run? On it: systemctl status docker.`,
  }),
  orphaned: () => ({
    sentence: 'Lost with its node, which was down for more than a day or was removed from the swarm.',
    hint: null,
  }),
  paused: ({ host, container }) => ({
    sentence:
      'Paused with docker pause: it does nothing, and its health means nothing, until it is unpaused.',
    hint: container === null ? null : `On ${host ?? 'its node'}: docker unpause ${container}.`,
  }),
  stopping: ({ why }) => ({
    sentence: typeof why === 'string' ? STOPPING[why] : `Stopping: ${why.drained} is being drained.`,
    hint: null,
  }),
  complete: () => ({ sentence: 'Finished with exit 0.', hint: null }),
} satisfies Partial<ReplicaWords>;

const STOPPING = {
  removed: 'Stopping: scaled down or removed.',
  update: 'Stopping: the update replaces it.',
  rollback: 'Stopping: the rollback replaces it.',
  unknown: 'Stopping: Swarm stops it.',
  stopped: 'It was stopped, and Swarm has started no other.',
};

function describeUnreadContainer(host: string, unread: 'hangs' | 'refused' | null): string {
  switch (unread) {
    case null:
      return `Health not known yet: the engine of ${host} has not reported its container.`;
    case 'hangs':
      return `Health not known: its container does not answer on ${host}, whose engine answers for the others: the container’s runtime or the disk hangs there.`;
    case 'refused':
      return `Health not known: the engine of ${host} cannot tell of its container.`;
  }
}

const SET_UP =
  'deploy the agents (docker stack deploy -c stack.yml vitals), or set VITALS_ENGINES, for example to tcp://{addr}:2375';

function describeUnread({ host, state, error }: UnreadEngine): string {
  const engine = `the engine of ${host ?? 'its node'}`;
  const why = error === null ? '.' : `: ${state === 'connecting' ? lowerFirst(error) : error}`;
  switch (state) {
    case 'unconfigured':
      return `Health not known: nothing that answers leads to ${engine}; ${SET_UP}.`;
    case 'unreachable':
      return `Health not known: ${engine} cannot be reached${why}`;
    case 'stale':
      return `Health not known: ${engine} has stopped answering${why}`;
    case 'connecting':
      return `Health not known yet: connecting to ${engine}${why}`;
  }
}

const UNREAD_REASON =
  /(the engine of (?:its node|\S+) (?:cannot be reached|has stopped answering)|connecting to the engine of (?:its node|\S+)): .*/s;

/** The same sentence, without why an engine cannot be read: that says where it is. */
export function withoutUnreadReason(sentence: string): string {
  return sentence.replace(UNREAD_REASON, '$1.');
}

function describeLost({ host, message, next, left }: LostReplica): string {
  const why = message === null ? '' : ` (${message})`;
  if (next === 'runs-on' || next === 'runs-on-healthy')
    return `Swarm counts it as lost${why}; its container still runs${next === 'runs-on' ? '' : ' healthy'} on ${host}, whose engine answers.`;
  if (typeof next === 'object')
    return `Lost with its node: ${host} ${left ? 'has left the swarm' : 'is down'}, and no other node can take it${describeNodeReasons(next.reasons, next.wants)}.`;
  if (left && next === 'comes-back') return `Lost with its node: ${host} has left the swarm.`;
  if (left) return `Lost with its node: ${host} has left the swarm; Swarm starts a new one on another node.`;
  const then =
    next === 'comes-back' ? 'it comes back if the node does' : 'Swarm starts a new one on another node';
  return `Lost with its node: ${host} is down${why}; ${then}.`;
}
