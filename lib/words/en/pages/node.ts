import type { Fact } from '#lib/words/words.ts';

export const noServiceHasAnythingUp = 'No service has anything up here: none would lose a replica.';
export const untilSwarmHasStartedThem = 'Until Swarm has started them elsewhere:';
export const theirIdsTellThemApart = 'Their ids tell them apart.';
export const noHealthCheck = 'no health check';
export const lastProbePassed = 'last probe passed';
export const takesNewTasks = 'takes new tasks';
export const keepsItsTasksTakesNo = 'keeps its tasks, takes no new ones';
export const givesItsTasksAwayTakes = 'gives its tasks away, takes no new ones';
export const withThisServer = 'with this server';
export const ofThisServerSClock = "of this server's clock";
export const thisNodeWasRemovedFrom = 'This node was removed from the swarm.';
export const nodeAndEngine = 'Node and engine';
export const ofThisServerS = (skew: Fact) => `${skew} of this server's`;
export const noServiceHasAReplica = 'No service has a replica on this node.';
