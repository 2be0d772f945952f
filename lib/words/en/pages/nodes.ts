import type { Fact } from '#lib/words/words.ts';

export const memory = 'Memory';
export const node = 'Node';
export const quorumSafe = 'Quorum safe';
export const oneManager = 'One manager';
export const quorumLost = 'Quorum lost';
export const quorumUnknown = 'Quorum unknown';
export const resources = 'Resources';
export const what = 'What';
export const reserved = 'Reserved';
export const ofLabel = 'Of';
export const share = 'Share';
export const plainContainers = 'Plain containers';
export const probes = 'Probes';
export const ports = 'Ports';
export const nodes = 'Nodes';
export const managers = 'Managers';
export const error = 'Error';
export const endpoint = 'Endpoint';
export const docker = 'Docker';
export const address = 'Address';
export const raft = 'Raft';
export const reachable = 'Reachable';
export const platform = 'Platform';
export const labels = 'Labels';
export const engineLabels = 'Engine labels';
export const joined = 'Joined';
export const managerSays = 'Manager says';
export const id = 'Id';
export const plugins = 'Plugins';
export const replicasHereLabel = 'Replicas here';
export const replica = 'Replica';
export const status = 'Status';
export const streak = 'Streak';
export const lastProbe = 'Last probe';
export const since = 'Since';
export const active = 'Active';
export const pausedLabel = 'Paused';
export const drainedLabel = 'Drained';
export const unknown = 'Unknown';
export const vitalSigns = 'Vital signs';
export const availabilityLabel = 'Availability';
export const role = 'Role';
export const leader = 'Leader';
export const manager = 'Manager';
export const worker = 'Worker';
export const engine = 'Engine';
export const notKnownLabel = 'Not known';
export const clock = 'Clock';
export const replicas = 'Replicas';
export const nothingUp = 'No service has anything up here: none would lose a replica.';
export const lossLead = 'Until Swarm has started them elsewhere:';
export const chooseById = 'Their ids tell them apart.';
export const noHealthCheck = 'no health check';
export const lastProbePassed = 'last probe passed';
export const takesTasks = 'takes new tasks';
export const takesTasksNot = 'takes none while it is down';
export const paused = 'keeps its tasks, takes no new ones';
export const drained = 'gives its tasks away, takes no new ones';
export const skewWithServer = 'with this server';
export const skewOfServer = "of this server's clock";
export const removed = 'This node was removed from the swarm.';
export const signsTitle = 'Node and engine';
export const skew = (skew: Fact) => `${skew} of this server's`;
export const noReplicas = 'No service has a replica on this node.';
export const versionUnknown = 'version not known';
export const quorumEdge = 'Quorum at its edge';
export const globalsLost = (plural: Fact, isOne: boolean) =>
  `${plural} ${isOne ? 'loses its' : 'lose their'} place here and nothing else.`;
export const sameName = (count: Fact, hostname: Fact) => `${count} nodes are called ${hostname}`;
export const toManagers = (reachability: Fact) => `${reachability} to the other managers`;
export const readyAndRead = (ready: Fact, nodes: Fact) => `${ready} of ${nodes} ready and read`;
export const availability = {
  active: 'Ready',
  unknown: 'Swarm says of it what this version does not know',
  pause: 'Paused by hand: what runs here stays, and Swarm starts nothing more here',
  drain: 'Drained by hand: Swarm moves what runs here to other nodes and starts nothing here',
};
export const wasReady = 'Ready, as managers said last';
export const engineConnecting = 'Its engine is being asked for the first time.';
export const allRead = 'Ready, and its engine is read.';
export const managersRemain = (left: Fact, managers: Fact) =>
  `The swarm can still be changed: ${left} of ${managers} managers remain.`;
export const onlyManager = 'It is the only manager: the swarm cannot be changed without it.';
export const managersTooFew = (left: Fact, managers: Fact, needed: Fact) =>
  `The swarm cannot be changed then: ${left} of ${managers} managers remain, ${needed} are needed.`;
export const globalLoss = 'loses its place here and nothing else';
export const keepsSome = (kept: Fact, desired: Fact) => `keeps ${kept} of ${desired}`;
export const keepsNoneOfOne = 'keeps none: its only replica is here';
export const keepsNoneOfAll = (here: Fact) => `keeps none: all ${here} replicas are here`;
export const keepsNone = (desired: Fact) => `keeps none of ${desired}`;
export const reservedNote = 'reserved by tasks';
export const placedByReserved =
  'Swarm places by what is reserved, not by what is used: a task that reserves more than is left does not fit here.';
export const notKnown = 'not known';
export const nothing = 'nothing';
export const plainNote = "beside Swarm's, in no service's counts";
export const plainUnread = (why: Fact) => `Not read: ${why}`;
export const noPlain = 'Nothing runs here that Swarm did not start.';
export const morePlain = (more: Fact) => `and ${more}`;
export const nameAndImage = 'Name and image';
export const forNewTasks = 'For new tasks';
export const worstFirst = 'Worst first';
export const replicasHere = (replicas: Fact, bad: number) =>
  bad === 0 ? String(replicas) : `${replicas}, ${bad} not well`;
export const ifGone = (hostname: Fact) => `If ${hostname} goes`;
export const moreServices = (services: Fact) => `and ${services}`;
export const noAddress = 'no address';
export const runsTasks = 'runs tasks';
export const api = 'API';
export const apiVersion = (version: Fact) => `, API ${version}`;
export const none = 'none';
export const up = 'Up';

export const roles = {
  worker: 'worker',
  manager: 'manager',
  leader: 'manager, leader',
  managerIs: (reachability: Fact) => `manager, ${reachability}`,
};

/** An engine's clock against ours. */
export const clockSkew = {
  unknown: 'not known',
  inStep: 'in step',
  ahead: (size: Fact) => `${size} ahead`,
  behind: (size: Fact) => `${size} behind`,
};
