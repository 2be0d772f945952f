import type { Fact } from '#lib/words/words.ts';

export const waitingForTheFirstAnswer = 'Waiting for the first answer';
export const theServerFellSilent = 'The server fell silent';
export const whatIsOn = 'what is on';
export const noServicesYet = 'No services yet';
export const noServiceMatches = 'No service matches';
export const allIsWell = 'All is well';
export const theNodeIsDown = 'The node is down.';
export const theNodeIsDown2 = (statusMessage: Fact) => `The node is down: ${statusMessage}.`;
export const theOtherManagersDoNot = 'The other managers do not reach this manager.';
export const swarmDoesNotKnowHow = 'Swarm does not know how this node is.';
export const nothingLeadsToItsEngine = 'Nothing leads to its engine';
export const theHealthOfItsReplicas = (why: Fact) => `${why}. The health of its replicas is not known.`;
export const isNotUnderstood = (name: Fact, text: Fact, wanted: Fact) =>
  `${name}=${text} is not understood: ${wanted}.`;
export const twoHoursOfTheDay = 'two hours of the day, such as 22-7';
