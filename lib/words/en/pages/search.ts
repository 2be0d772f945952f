export const swarmNotRead = 'The swarm is being read.';
export const noProblems = 'Nothing needs attention.';
export const noNodeYet = 'no node yet';
export const noHits = 'Nothing has this name, and no id begins with it.';
export const label = 'Search services, nodes, replicas, tasks and containers';
export const placeholder = 'Service, node, replica, task or container id';
export const sheetTitle = 'Keys and notifications';
export const keySearch = 'search, also while typing';
