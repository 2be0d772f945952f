import type { Fact } from '#lib/words/words.ts';

export const andMore = (count: Fact) => `and ${count} more`;
