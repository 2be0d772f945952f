import type { Fact } from '#lib/words/words.ts';

export const linesMayBeMissingHere = 'Lines may be missing here: the log was not connected.';
export const theContainerStopped = 'The container stopped.';
export const linesLeftOutItWrites = '… lines left out: it writes faster than is shown';
export const moreAreNotReadToo = (plural: Fact) => ` ${plural} more are not read: too many at once.`;
export const cannotBeRead = (plural: Fact) => ` ${plural} cannot be read.`;
export const askingTheEngine = 'Asking the engine …';
export const theContainerHasStoppedThis = 'The container has stopped: this is all it wrote.';
export const thereIsNoContainerTo = 'There is no container to read: none was started.';
export const noAnswerABrowserOpens =
  'No answer. A browser opens only six connections to one server: logs followed in other windows may use them up';
export const theServerClosedTheConnection = 'The server closed the connection';
export const theServerFellSilent = 'The server fell silent';
export const theServerDoesNotAnswer = 'The server does not answer';
export const theServerAnswers = (status: Fact) => `The server answers ${status}`;
