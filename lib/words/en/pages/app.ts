import type { Fact } from '#lib/words/words.ts';

export const thisPageFailed = 'This page failed';
export const theWholeHealthOfA = 'The whole health of a Docker Swarm, live, down to the single probe.';
export const notInThisSwarm = 'Not in this swarm';
export const thereIsNoSuchService =
  'There is no such service, replica or page. It may have been removed, or its name has changed.';
export const thereIsNothingHere = 'There is nothing here.';
export const thereIsNoNodeIn = (name: Fact) => `There is no node "${name}" in this swarm now.`;
export const nodesAreCalledAskBy = (count: Fact, name: Fact) =>
  `${count} nodes are called "${name}": ask by id.`;
export const thereIsNoServiceIn = (name: Fact) => `There is no service "${name}" in this swarm now.`;
export const serviceHasNoReplicaNow = (name: Fact, replica: Fact) =>
  `Service "${name}" has no replica "${replica}" now.`;
