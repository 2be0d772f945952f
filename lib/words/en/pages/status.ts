import type { Fact } from '#lib/words/words.ts';

export const needsAttention = 'Needs attention';
export const engineUnconfigured = 'engine not configured';
export const streak = (count: Fact, count2: Fact) => `${count} failed in a row, ${count2} allowed`;
export const decidesAnyMoment = 'decides any moment';
export const explainedBy = 'Explained by';
export const andMore = (count: Fact) => `and ${count} more`;
