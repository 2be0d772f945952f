import type { Fact } from '#lib/words/words.ts';

export const allPassed = 'all passed';
export const took = (duration: Fact) => `took ${duration}`;
export const tookOf = (duration: Fact, timeout: Fact) => `${duration} of ${timeout}`;
export const medianTook = (median: Fact, min: Fact, max: Fact) => `median ${median}, ${min} to ${max}`;
