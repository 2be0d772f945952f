import type { Fact } from '#lib/words/words.ts';

export const couldNotRun = 'could not run';
export const timedOut = (after: Fact) => `timed out after ${after}`;
export const newestSlow = (brief: Fact) => `Its newest probe passed, but took ${brief}`;
export const someSlow = (slow: Fact, of: Fact, brief: Fact) =>
  `${slow} of its newest ${of} probes passed, but took up to ${brief}`;
export const nearTimeout = (what: Fact) => `${what}: a little more and they time out.`;
export const durationOf = (duration: Fact, timeout: Fact) => `${duration} of ${timeout}`;
