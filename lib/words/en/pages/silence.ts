import type { Fact } from '#lib/words/words.ts';

export const silenced = 'Silenced until';
export const by = (name: Fact) => `by ${name}`;
/** On a wall; the time is when the first of them ends. */
export const silencedOnWall = (count: Fact, until: Fact) => `${count} silenced, the first until ${until}`;
export const allSilencedOnWall = (count: Fact, until: Fact) => `${count} silenced until ${until}`;
/** On the overview, beside how many are well. */
export const silencedCount = (count: Fact) => `${count} silenced`;
export const button = 'Silence';
