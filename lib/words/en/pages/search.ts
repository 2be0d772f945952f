import { joinNames } from '#lib/words/en/lists.ts';
export const needsAttention = 'Needs attention';
export const changedLast = 'Changed last';
export const close = 'Close';
export const results = 'Results';
export const search = 'Search';

import type { Fact } from '#lib/words/words.ts';

export const swarmNotRead = 'The swarm is being read.';
export const noProblems = 'Nothing needs attention.';
export const noNodeYet = 'no node yet';
export const noHits = 'Nothing has this name, port or address, and no id begins with it.';
export const label =
  'Search services, nodes, replicas, tasks, containers, ports, addresses, networks and incidents';
export const placeholder = 'Name, id, :port, address, network or incident';
export const incidentsTitle = 'Incidents';
export const placesTitle = 'Ports and addresses';
export const networksTitle = 'On a network';
export const onNetwork = 'is on it';
export const pagesTitle = 'Pages';
export const meshPort = 'published on each node';
export const hostPort = 'published where it runs';
export const ownAddress = "the service's own address";
export const sheetTitle = 'Keys and notifications';
export const keySearch = 'search, also while typing';
export const inSwarm = (swarm: Fact) => `In ${swarm}`;
/** After what was found, or that nothing was. */
export const unanswered = (swarms: readonly string[]) =>
  swarms.length === 0
    ? ''
    : `${swarms.length > 3 ? `${swarms.length} swarms` : joinNames(swarms)} did not answer: what is published there is not known.`;
export const kinds = {
  service: 'service',
  node: 'node',
  replica: 'replica',
  task: 'task',
  container: 'container',
  port: 'port',
};
export const onNode = (hostname: Fact) => `on ${hostname}`;
export const problemOf = (number: Fact, count: Fact, name: Fact) => `Problem ${number} of ${count}: ${name}`;
export const noNode = 'no node';
export const nameOnNode = (name: Fact, hostname: Fact) => `${name} on ${hostname}`;
export const groups = {
  service: 'Services',
  node: 'Nodes',
  replica: 'Replicas',
  task: 'Tasks',
  container: 'Containers',
};
export const keyChoose = 'choose';
export const keyOpen = 'open';
export const keyClose = 'close';
export const andMore = (count: Fact) => `and ${count} more`;
export const keySlash = 'search';
export const keyNext = 'next problem';
export const keyBefore = 'previous problem';
export const keyWall = 'wall';
export const keyList = 'this list';
