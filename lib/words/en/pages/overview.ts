import type { Fact } from '#lib/words/words.ts';

export const filterPlaceholder = 'Name, image, :port, address or network';
export const filterLabel = 'Name, image, :port, network …';
export const foundByPlace = (count: Fact) => `, ${count} by port, address or network`;
export const unconfiguredTitle = 'Engines that are not configured';
export const deployCommand = 'docker stack deploy -c stack.yml vitals';
export const noServicesYet = 'No services yet';
export const allWell = 'All is well';
export const withoutStack = 'Services without a stack';
export const unreadable = (plural: Fact) => `${plural} cannot be read`;
export const allEnginesRead = 'all engines read';
export const unknownTitle = 'Health not known';
export const healthUnseen = (nodes: Fact) => `The health of ${nodes} cannot be seen`;
export const healthUnseenWhy =
  "Docker keeps it on each node's own engine, and nothing leads there. Replicas there are shown as unknown. Deploy the stack, which puts an agent beside each engine";
export const attention = (plural: Fact, isOne: boolean) => `${plural} ${isOne ? 'needs' : 'need'} attention`;
export const theSwarm = 'The swarm';
export const swarmNotices = 'Worth knowing of the swarm';
export const swarmUnread = 'The swarm is not read';
export const swarmAttention = 'The swarm needs attention';
export const wellOf = (well: Fact, total: Fact, unknown: number) =>
  `${well} of ${total} services are well${unknown === 0 ? '' : `, ${unknown} unknown`}`;
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
export const orSet = 'or set';
export const forExample = '(for example';
export const thenRestart = ') and restart this server.';
export const byNodes = 'Services by nodes';
export const over = 'Over';
