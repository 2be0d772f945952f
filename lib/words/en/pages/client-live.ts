import type { Fact } from '#lib/words/words.ts';

export const someChangesWereMissed = 'Some changes were missed';
export const theServerClosedTheConnection = 'The server closed the connection';
export const theServerDoesNotAnswer = 'The server does not answer';
export const theServerFellSilent = 'The server fell silent';
export const youAreSignedOutReload = 'You are signed out: reload this page to sign in';
export const theServerDoesNotLet = 'The server does not let this page in any more';
export const theServerAnswers = (status: Fact) => `The server answers ${status}`;
