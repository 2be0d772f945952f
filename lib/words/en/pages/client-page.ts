import type { Fact } from '#lib/words/words.ts';

export const theServerAnswers = (status: Fact) => `The server answers ${status}`;
