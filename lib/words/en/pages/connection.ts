import type { Fact } from '#lib/words/words.ts';

export const changesMissed = 'Some changes were missed';
export const connectionClosed = 'The server closed the connection';
export const noAnswer = 'The server does not answer';
export const serverSilent = 'The server fell silent';
export const signedOut = 'You are signed out: reload this page to sign in';
export const refused = 'The server does not let this page in any more';
export const badStatus = (status: Fact) => `The server answers ${status}`;
export const live = 'Live';
export const reconnecting = 'Reconnecting';
export const lost = 'Connection lost';
export const liveRestarted = 'Live, server restarted';
export const noConnection = 'No connection to the server.';
export const seenFrom = 'You see data from';
export const triesAgain = 'This page tries again by itself.';
export const asOf = 'As of';
export const connecting = 'Connecting';
/** Before the browser has said its own zone. */
export const utc = ' UTC';
