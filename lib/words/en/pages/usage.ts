import type { Fact } from '#lib/words/words.ts';

export const nowTitle = 'Use now';
export const notRead = 'not read yet';
export const notKnown = 'not known';
export const noLimit = 'no limit';
export const off = 'What containers use is not read here (VITALS_USAGE=off).';
export const gone = 'It does not run, so it uses nothing.';
export const memory = 'Memory';
export const cpu = 'CPU';
export const processes = 'Processes';
export const network = 'Network';
export const disk = 'Disk';
export const of = (used: Fact, max: Fact) => `${used} of ${max}`;
export const traffic = (into: Fact, out: Fact) => `in ${into}/s, out ${out}/s`;
export const diskTraffic = (read: Fact, written: Fact) => `read ${read}/s, write ${written}/s`;
export const cores = (cores: Fact) => `${cores} ${cores === '1' ? 'CPU' : 'CPUs'}`;
export const throttled = (percent: Fact) => `throttled ${percent} %`;
export const limit = (max: Fact) => `limit ${max}`;
export const throttledKey = 'filled: share of the time in which it was throttled';
export const workingSet = 'working set, as docker stats has it';
export const memoryTrack = (text: Fact) => `Memory over time: ${text}`;
export const cpuTrack = (text: Fact) => `CPU over time: ${text}`;
export const nothingRead = 'Nothing of its use was read in this time.';
export const useColumn = 'Memory and CPU';
export const resourcesTitle = 'Used by Swarm’s containers';
export const readOf = (read: Fact, running: Fact) => `${read} of ${running} read`;
export const noneHere = 'Swarm counts no running replica here.';
export const resourcesNote =
  'The sum of what is read of Swarm’s containers, of all that the node has: other programs there use more.';
export const resourcesNoteApart =
  'The sum of what is read of the containers that you may see: others there use more.';
export const lastMinutes = (max: Fact) => `Its memory in its last minutes, to ${max}`;
