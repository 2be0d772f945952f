import type { Fact } from '#lib/words/words.ts';

export const services = 'Services';
export const node = 'Node';
export const title = 'Side by side';
export const about = (slots: Fact, range: Fact) => `${slots} over the last ${range}`;
export const aboutFixed = (slots: Fact) => `${slots} in a time of the past`;
export const noneOut = 'No replica stands out.';
export const tooFew = 'With fewer than three replicas none can stand out from the others.';
export const oneOut = (name: Fact) => `Replica ${name} stands out`;
export const manyOut = (count: Fact) => `${count} replicas stand out`;
export const slowOut = (name: Fact, place: Fact, value: Fact, others: Fact) =>
  `Replica ${name}${place}: its probes take ${value} (median), all of them ${others}.`;
export const memoryOut = (name: Fact, place: Fact, value: Fact, others: Fact) =>
  `Replica ${name}${place}: it uses ${value} of memory (median), all of them ${others}.`;
export const onNode = (hostname: Fact) => ` on ${hostname}`;
export const axisTitle = 'All slots on one axis';
export const probes = 'Probe duration';
export const probesNote = 'median of each stretch; marks on top: failed';
export const memory = 'Memory';
export const memoryNote = 'the most of each stretch, working set';
export const limit = (max: Fact) => `limit ${max}`;
export const noProbes = 'No probe is known in this time.';
export const noMemory = 'Nothing of its memory was read in this time.';
export const usageOff = 'What containers use is not read here (VITALS_USAGE=off).';
export const help = 'Point at a line to read it; a click leads to that replica at that time.';
export const numbersTitle = 'In numbers';
export const numbersNote = (stretch: Fact) => `medians of the last ${stretch}, what stands out first`;
export const slot = 'Replica';
export const failed = 'Failed';
export const timesOthers = (times: Fact) => `${times} × the middle`;
export const notKnown = 'not known';
export const gone = 'no replica now';
export const left = (count: Fact) =>
  `${count} more are not drawn: reading them would take too long. Choose a shorter time.`;
export const rule =
  'Marked: more than four deviations (of the median, by the median absolute deviation) above the middle of all, with at least three known values. With more than 12 replicas the others are drawn as one band, from the lowest to the highest.';
export const ranges = 'Time that is shown';
export const nothing = 'Nothing is known of its replicas in this time.';
export const unread = 'The history cannot be read now.';
export const plotLabel = (what: Fact, slots: Fact) =>
  `${what} of ${slots}; the numbers are in the table below`;
export const at = (clock: Fact) => `at ${clock}`;
