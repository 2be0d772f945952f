export const dockerServiceCreateNameWeb = 'docker service create --name web nginx';
export const noSwarmManagerAnswers = 'No swarm manager answers';
export const theFirstLookAtThe = 'The first look at the swarm is under way.';
export const nothingCanBeSaidAbout =
  'Nothing can be said about the swarm until a manager is reached. Tried so far:';
export const thisPageKeepsTryingBy =
  'This page keeps trying by itself and comes alive as soon as Docker answers.';
export const waitingForTheFirstAnswer = 'Waiting for the first answer.';
