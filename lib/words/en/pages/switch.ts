import type { Fact } from '#lib/words/words.ts';

/** In the head of every page: it loads no more words than these. */
export const allSwarms = 'All swarms';
export const switchFrom = (name: Fact) => `${name}: change to another swarm`;
