import type { Fact } from '#lib/words/words.ts';

export const untilHealthyAProbeEvery = (period: Fact, setting: Fact) =>
  `${period}, until healthy a probe every ${setting}`;
export const atOnceOrWithin = (failures: Fact, setting: Fact) => `${failures}, at once or within ${setting}`;
export const inARowToAfter = (failures: Fact, setting: Fact, setting2: Fact) =>
  `${failures} in a row, ${setting} to ${setting2} after the first`;
export const theImageChangedInParts = 'the image, changed in parts by the service';
export const globalOneOnEveryNode = 'global, one on every node';
export const jobAtATime = (plural: Fact, maxConcurrent: Fact) => `job, ${plural}, ${maxConcurrent} at a time`;
export const jobOnceOnEveryNode = 'job, once on every node';
export const beforeTheFirstFailure = (span: Fact) => `${span} before the first failure`;
