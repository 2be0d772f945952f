import type { Fact } from '#lib/words/words.ts';

export const endNotSeen = 'End not seen';
export const endedAsExpected = 'Ended as expected';
export const ofThatIsKnown = (span: Fact) => `of ${span} that is known`;
