import type { Fact } from '#lib/words/words.ts';

export const nothingHasHappenedYetSince = 'Nothing has happened yet since the history began.';
export const nothingThatIsKnownFits = 'Nothing that is known fits this filter.';
export const eventsNewestFirst = 'Events, newest first';
export const eventsCannotBeRead = (message: Fact) => `Events cannot be read: ${message}. `;
export const readingOlderEvents = 'Reading older events …';
export const thatIsAllThatIs = 'That is all that is known.';
export const allThatIsKnown = 'all that is known';
