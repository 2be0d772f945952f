export const theSwarmIsBeingRead = 'The swarm is being read.';
export const nothingNeedsAttention = 'Nothing needs attention.';
export const noNodeYet = 'no node yet';
export const nothingIsCalledSoAnd = 'Nothing has this name, and no id begins with it.';
export const searchServicesNodesReplicasTasks = 'Search services, nodes, replicas, tasks and containers';
export const serviceNodeReplicaTaskOr = 'Service, node, replica, task or container id';
export const keysAndNotifications = 'Keys and notifications';
export const searchAlsoWhileTyping = 'search, also while typing';
