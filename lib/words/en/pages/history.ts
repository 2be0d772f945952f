import type { Fact } from '#lib/words/words.ts';

export const itsHistoryIsBeingRead = 'Its history is being read …';
export const itsHistoryCannotBeRead = (message: Fact) => `Its history cannot be read: ${message}.`;
export const probesOverTime = 'Probes over time';
export const noProbesAreKnownIn = 'no probes are known in this time';
export const noProbesAreKnownIn2 = 'No probes are known in this time.';
export const nothingToSayAboutThis = 'Nothing to say about this time.';
export const asAList = 'As a list';
export const historyIsNotKept = 'History is not kept.';
export const isNotWantedAnyMore = (name: Fact) => `${name} is not wanted any more`;
export const endNotSeen = 'End not seen';
export const endedAsExpected = 'Ended as expected';
export const outOfMemory = ', out of memory';
