import type { Fact } from '#lib/words/words.ts';

export const title = 'Timeline';
export const intro = 'What was deployed, what broke and what followed, on one axis.';
export const wholePage = 'Timeline by stack';
export const lanes = {
  incidents: 'Incidents',
  deploys: 'Deploys',
  nodes: 'Nodes',
  managers: 'Managers',
  failures: 'Failures',
  unknown: 'Unknown',
  checks: 'Checks',
} as const;
export const checksOff = 'not asked';
export const noStack = 'no stack';
export const otherStacks = 'other stacks';
export const happened = (count: number, lane: keyof typeof lanes) =>
  `${count} ${EACH[lane][count === 1 ? 0 : 1]}`;
const EACH = {
  incidents: ['incident', 'incidents'],
  deploys: ['change', 'changes'],
  nodes: ['change of a node', 'changes of nodes'],
  managers: ['change of a manager', 'changes of managers'],
  failures: ['failure', 'failures'],
  unknown: ['engine that could not be read', 'times an engine could not be read'],
  checks: ['port that did not answer', 'times a port did not answer'],
} as const;
export const othersOver = (count: number) =>
  `${count} more ${count === 1 ? 'incident' : 'incidents'} at the same time`;
export const lasts = 'lasts';
export const unknownTime = 'not known';
export const unknownHelp = (from: Fact, until: Fact) =>
  `Nothing was recorded from ${from} to ${until}: not known.`;
export const cut = (from: Fact) => `More happened before ${from} than is counted here.`;
export const moreIncidents = 'Not all incidents are drawn.';
export const unreadable = (message: Fact) => `The timeline cannot be read: ${message}.`;
export const help = 'Drag over the axis to choose a time; arrow keys move along the marks.';
export const chooseFrom = 'Beginning of the chosen time';
export const chooseUntil = 'End of the chosen time';
export const chosen = (from: Fact, until: Fact) => `${from} to ${until}`;
export const clear = 'Clear';
export const ended = 'something ended';
export const probesFailed = 'probes failed';
export const bad = 'Bad';
export const rangeLabel = 'How much time';
export const last = (words: Fact) => `the last ${words}`;
export const incidentsOf = 'Incidents of this time';
export const asItWas = (time: Fact) => `All services as they were at ${time}`;
