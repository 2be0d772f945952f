import type { Fact } from '#lib/words/words.ts';

export const foundByPlace = (count: Fact) => `, ${count} by port, address or network`;
export const noServicesYet = 'No services yet';
export const allWell = 'All is well';
export const withoutStack = 'Services without a stack';
export const unreadable = (plural: Fact) => `${plural} cannot be read`;
export const allEnginesRead = 'all engines read';
export const unknownTitle = 'Health not known';
export const attention = (plural: Fact, isOne: boolean) => `${plural} ${isOne ? 'needs' : 'need'} attention`;
export const theSwarm = 'The swarm';
export const swarmNotices = 'Worth knowing of the swarm';
export const swarmUnread = 'The swarm is not read';
export const swarmAttention = 'The swarm needs attention';
export const wellOf = (well: Fact, total: Fact, unknown: number) =>
  `${well} of ${total} ${Number(total) === 1 ? 'service' : 'services'} ${Number(well) === 1 ? 'is' : 'are'} well${unknown === 0 ? '' : `, ${unknown} unknown`}`;
export const losses = {
  down: 'Node down',
  'cut-off': 'Node cut off',
  impaired: 'Node needs attention',
  unread: 'Engine unreachable',
  unconfigured: 'Engine not configured',
};
export const readyOf = (nodes: Fact, isOld: boolean) => `of ${nodes} ${isOld ? 'were ready' : 'ready'}`;
export const asLastTold = 'as managers said last: they say nothing new now';
export const readyAndRead = (nodes: Fact) => `${nodes} ready and read`;
export const watched = (replicas: Fact) => `watched: ${replicas} failed one probe`;
export const noneMatch = 'No service matches this filter.';
export const restarts = (plural: Fact) => `${plural} in the last hour`;
export const byNodes = 'Services by nodes';
export const over = 'Over';
export const filterServices = 'Filter services';
export const shownOf = (shown: Fact, services: Fact) => `${shown} of ${services}`;
export const clear = 'Clear';
export const nodes = 'Nodes';
export const servicesOf = (swarm: Fact) => `Services of ${swarm}`;
export const showAll = (total: Fact) => `Show all ${total}`;
export const summary = 'Summary';
export const noStack = 'no stack';
export const stack = (name: Fact) => `Stack ${name}`;
export const columns = ['Service', 'Replicas', 'Count', 'Health check', 'Restarts, 1 h', 'Last change'];
export const updating = 'updating';
export const noCheck = 'none';
export const tookAlong = (hostname: Fact) => `What ${hostname} took along`;
export const moreServices = (count: Fact, isOne: boolean) =>
  `and ${count} more ${isOne ? 'service' : 'services'}`;
export const unknownServices = (services: Fact) => `${services} unknown`;
export const ofWell = (replicas: Fact) => `of ${replicas} well`;
export const failProbes = (isOne: boolean) => (isOne ? 'replica fails probes' : 'replicas fail probes');
export const docker = (version: Fact) => `Docker ${version}`;
export const runsComplete = (done: Fact, runs: Fact) => `${done} of ${runs} complete`;
export const andRunning = (done: Fact, count: Fact) => `${done}, ${count} running`;
export const scaledTo0 = 'scaled to 0';
export const stillUp = (count: Fact) => `scaled to 0, ${count} still up`;
export const ofRunning = (count: Fact, replicas: Fact) => `${count} of ${replicas} running`;
export const ofHealthy = (count: Fact, replicas: Fact) => `${count} of ${replicas} healthy`;
export const and = ' and ';
