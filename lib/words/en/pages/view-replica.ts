import type { Fact } from '#lib/words/words.ts';

export const couldNotRun = 'could not run';
export const timedOutAfter = (after: Fact) => `timed out after ${after}`;
export const itsNewestProbePassedBut = (brief: Fact) => `Its newest probe passed, but took ${brief}`;
export const ofItsNewestProbesPassed = (slow: Fact, of: Fact, brief: Fact) =>
  `${slow} of its newest ${of} probes passed, but took up to ${brief}`;
export const aLittleMoreAndThey = (what: Fact) => `${what}: a little more and they time out.`;
