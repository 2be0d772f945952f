import type { Fact } from '#lib/words/words.ts';

export const copyRefused = 'The browser did not let it be copied.';
export const serviceGone = 'This service is not there any more.';
export const lastProbes = (markdownTable: Fact) => `Last probes, newest first:\n\n${markdownTable}`;
export const earlierEnds = (lines: Fact) => `Earlier ends, newest first:\n\n${lines}`;
