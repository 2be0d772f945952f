import type { NodeCause } from '#lib/model/contract/finding.ts';

const UNREAD = 'Its engine cannot be read: the health of what runs here is not known.';

/** The same of the swarm without a quorum: not how many managers there are, or were. */
export const quorumLostApart =
  'Too few managers are there to agree: nothing that dies is replaced, and nodes are shown as they were last told.';

/** The same of a swarm that nobody leads. */
export const leaderlessApart =
  'No manager leads: nothing that dies is replaced, and nodes are shown as they were last told.';

/**
 * What is wrong with a node without a word of what runs there, nor how much that is: for screens that may see the services
 * of some stacks alone.
 */
export const nodesApart: Readonly<Record<NodeCause, string>> = {
  'node-down': 'No manager hears from it: what ran here counts as lost.',
  'node-left': 'Down for more than a day: nothing is expected of it any more.',
  'node-cut-off': 'Down for Swarm, but its engine answers: it cannot reach the managers.',
  'node-unknown': 'The managers do not know its state.',
  'name-flips': 'The managers list it by another name now and then.',
  'node-not-understood': 'The managers list it in a way that is not understood.',
  'manager-unreachable': 'The other managers do not reach it.',
  'engine-unread': UNREAD,
  'engine-unconfigured': UNREAD,
  'node-disk': 'Its disk takes no more: containers cannot work there as they should.',
  'node-limit': 'It has reached a limit of its own: containers cannot work there as they should.',
  'node-runtime': 'Its container runtime fails.',
  'runtime-stuck': 'Containers do not answer there: their runtime (containerd-shim) hangs.',
  'node-network': 'The network of its engine does not work as it should.',
  'node-mesh': 'Published ports do not answer there.',
  'node-swarm-ports': 'Ports that Swarm needs do not answer there.',
  'node-name-server': 'It cannot look up names.',
  'node-log-server': 'It does not reach a log server.',
  'node-volume-server': 'It does not reach a file server.',
  'node-registry': 'It can pull no image of a registry.',
  'node-log-driver': 'It has not the log driver that services ask for.',
  'node-kills': 'Processes of several services were killed there at the same time.',
  'node-probes': 'Health checks of several services failed there at the same time.',
  'promotion-stuck': 'It is a manager by its role alone.',
  'demotion-stuck': 'It was demoted and is still one of the managers.',
  'containers-forgotten': 'Swarm does not know of a container that runs there.',
  'clock-off': 'Its clock is wrong.',
  'node-unreached': 'This server reaches no port of it.',
};
