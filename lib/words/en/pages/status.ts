import type { Fact } from '#lib/words/words.ts';

export const engineNotConfigured = 'engine not configured';
export const failedInARowAllowed = (count: Fact, count2: Fact) =>
  `${count} failed in a row, ${count2} allowed`;
