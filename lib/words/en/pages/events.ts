import type { Fact } from '#lib/words/words.ts';

export const time = 'Time';
export const events = 'Events';
export const intro = 'All that happened, the newest first; what repeats is one line.';
export const olderEvents = 'Older events';
export const noneYet = 'No event is known yet.';
export const noneMatch = 'Nothing that is known fits this filter.';
export const noneAmongNewest = 'None among the newest that were looked at. There may be older ones.';
export const listLabel = 'Events, newest first';
export const unreadable = (message: Fact) => `Events cannot be read: ${message}. `;
export const readingOlder = 'Reading older events …';
export const allShown = 'That is all that is known.';
export const allTime = 'all that is known';
export const ofThisNode = 'Events of this node';
export const moreThan = 'more than';
export const newOnes = (count: Fact) => `${count} new`;
export const times = (count: Fact) => `×${count}`;
export const more = (count: Fact) => `and ${count} more`;
